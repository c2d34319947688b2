#!/usr/bin/perl
# SpamAssassin's Bayes behind the line protocol of a scorer: JSON in, JSON out.
use strict; use warnings;
use JSON::PP;
use File::Temp qw(tempdir);
use Mail::SpamAssassin;
use Mail::SpamAssassin::PerMsgStatus;

my $home = tempdir(CLEANUP => 1);
my $sa = Mail::SpamAssassin->new({
    dont_copy_prefs => 1, local_tests_only => 1, userstate_dir => $home, home_dir_for_helpers => $home,
    config_text => "use_bayes 1\nbayes_path $home/bayes\nbayes_auto_learn 0\nbayes_min_ham_num 1\nbayes_min_spam_num 1\nbayes_auto_expire 0\nbayes_learn_to_journal 0\nloadplugin Mail::SpamAssassin::Plugin::Bayes\nbody BAYES_X eval:check_bayes('0.00','1.00')\nscore BAYES_X 1\nuse_auto_whitelist 0\nskip_rbl_checks 1\n",
});
$sa->init(1);
my $bayes = (grep { ref($_) eq 'Mail::SpamAssassin::Plugin::Bayes' } @{$sa->{plugins}->{plugins}})[0] or die "no bayes";
my $json = JSON::PP->new->utf8->canonical;
my $count = 0;
$| = 1;
while (my $line = <STDIN>) {
    my $m = $json->decode($line);
    my $from = $m->{author} // 'someone'; $from =~ s/[\r\n]/ /g;
    my $mail = $m->{email} // 'someone@example.org'; $mail =~ s/[\r\n]/ /g;
    my $text = "From: $from <$mail>\nSubject: \nContent-Type: text/plain; charset=utf-8\n\n$m->{text}\n" . ($m->{url} // '') . "\n";
    utf8::encode($text);
    my $msg = $sa->parse($text, 0);
    if ($m->{op} eq 'learn') {
        my $id = sprintf("%d\@x", ++$count);
        my $s = $sa->learn($msg, $id, $m->{spam} ? 1 : 0, 0); $s->finish if $s;
        print qq({"ok":true}\n);
    } else {
        my $pms = Mail::SpamAssassin::PerMsgStatus->new($sa, $msg);
        my $p = eval { $bayes->scan($pms, $msg) }; die $@ if $@;
        $p = 0.5 unless defined $p;
        print $json->encode({score => $p + 0, spam => $p > 0.5 ? JSON::PP::true : JSON::PP::false}), "\n";
        $pms->finish;
    }
    $msg->finish;
}
