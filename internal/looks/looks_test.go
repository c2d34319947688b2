package looks_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"waypost/internal/looks"
)

func TestHandlesThatLookAlike(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{
		{"adaeze", "аdaeze"}, {"adaeze", "ADAEZE"}, {"adaeze-whitlock", "adaezewhitlock"}, {"adaeze.whitlock", "adaeze-whitlock"},
		{"barn", "bam"}, {"paul", "pau1"}, {"otto", "0tt0"}, {"andre", "andré"}, {"mila", "mı\u0307la"}, {"соса", "coca"},
		{"paypal", "𝔭𝒶ỿ𝕡𝕒ℓ"}, {"ann", "a\u200bnn"}, {"ann", "\u202eann"}, {"ann", "ａｎｎ"}, {"ann", "a\u0323nn"}, {"ann", "ann\x00"},
	} {
		if looks.Handle(pair[0]) != looks.Handle(pair[1]) {
			t.Errorf("%q and %q do not look alike: %q, %q", pair[0], pair[1], looks.Skeleton(pair[0]), looks.Skeleton(pair[1]))
		}
	}
	for _, pair := range [][2]string{{"ann", "anne"}, {"kai", "kal"}, {"anna-2", "anna-3"}, {"か", "が"}, {"नेहा", "नहा"}, {"李小龍", "李小虎"}, {"محمد", "احمد"}} {
		if looks.Handle(pair[0]) == looks.Handle(pair[1]) {
			t.Errorf("%q and %q look alike", pair[0], pair[1])
		}
	}
}

func TestNamesThatLookAlike(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{
		{"Lucy Ives", "Iucy Ives"}, {"Lucy Ives", "LUCY IVES"}, {"Lucy Ives", "Lucy  Іves"}, {"Adaeze Whitlock", "Adaeze WhitIock"},
		{"Adaeze Whitlock", "Adaeze. Whitlock"}, {"José Díaz", "Jose Diaz"}, {"Ilinca Șerbănescu", "Ilinca Şerbanescu"},
	} {
		if looks.Name(pair[0]) != looks.Name(pair[1]) {
			t.Errorf("%q and %q do not look alike", pair[0], pair[1])
		}
	}
	if looks.Name("Lucy Ives") == looks.Name("Lucy Ivers") {
		t.Error("two names look alike that do not")
	}
}

func FuzzSkeleton(f *testing.F) {
	for _, seed := range []string{"adaeze", "аdaeze", "𝔭𝒶ỿ𝕡𝕒ℓ", "\u202e\u2066", "ﷺ", "m", "0OlI1|", "é\u0323", "\xff", strings.Repeat("ﷺ", 80), "が", "می\u200cخواهم"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		s := looks.Skeleton(name)
		if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\u202e\u200b -.'") {
			t.Errorf("the skeleton of %q is %q", name, s)
		}
		if again := looks.Skeleton(s); again != s {
			t.Errorf("the skeleton of %q is %q, and of that %q", name, s, again)
		}
		if looks.Handle(name) != looks.Handle(" "+name+"\u200b.") {
			t.Errorf("%q does not look like itself with what is not seen", name)
		}
	})
}

func TestTextsThatMislead(t *testing.T) {
	for text, want := range map[string]bool{"Night shift": false, "Two\nlines,\ta tab\r\n": false, "👩\u200d🔧 می\u200cخواهم \u200fשלום": false, "well \u202ednuos": true,
		"\u2067x\u2069": true, "bell\a": true, "\x00": true, "\u009b31m": true, "\x7f": true} {
		if got := looks.Misleads(text); got != want {
			t.Errorf("%q misleads: %t", text, got)
		}
	}
}
