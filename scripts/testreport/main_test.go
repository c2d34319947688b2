package main

import (
	"strings"
	"testing"
)

func TestReport(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		events string
		well   bool
		says   []string
		silent []string
	}{
		{
			name: "a passing test is a number, its cases a line",
			events: `{"Action":"output","Package":"p","Test":"TestA","Output":"    a_test.go:7: 3 own cases, 40 outside\n"}
{"Action":"output","Package":"p","Test":"TestA","Output":"chatter\n"}
{"Action":"pass","Package":"p","Test":"TestA/sub"}
{"Action":"pass","Package":"p","Test":"TestA"}
{"Action":"pass","Package":"p","Elapsed":1.25}`,
			well:   true,
			says:   []string{"1 tests in 1 packages passed here", "cases p TestA: 3 own cases, 40 outside"},
			silent: []string{"chatter"},
		},
		{
			name: "a race is heard, whichever test it stands under",
			events: `{"Action":"output","Package":"p","Test":"TestA","Output":"==================\n"}
{"Action":"output","Package":"p","Test":"TestA","Output":"WARNING: DATA RACE\n"}
{"Action":"output","Package":"p","Test":"TestA","Output":"Write at 0x00 by goroutine 7\n"}
{"Action":"output","Package":"p","Test":"TestA","Output":"==================\n"}
{"Action":"output","Package":"p","Test":"TestA","Output":"chatter\n"}
{"Action":"pass","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Test":"TestB","Output":"testing.go:1: race detected during execution of test\n"}
{"Action":"fail","Package":"p","Test":"TestB"}
{"Action":"fail","Package":"p"}`,
			says:   []string{"RACE  p\nWARNING: DATA RACE\nWrite at 0x00 by goroutine 7", "FAULT p TestB failed"},
			silent: []string{"chatter"},
		},
		{
			name: "a failed test is heard",
			events: `{"Action":"output","Package":"p","Test":"TestA","Output":"wanted 1\n"}
{"Action":"fail","Package":"p","Test":"TestA"}
{"Action":"fail","Package":"p"}`,
			says: []string{"wanted 1", "FAULT p TestA failed"},
		},
		{
			name:   "a skipped test is a fault",
			events: `{"Action":"skip","Package":"p","Test":"TestA"}`,
			says:   []string{"FAULT p TestA was skipped"},
		},
		{
			name:   "a package without tests is not",
			events: `{"Action":"skip","Package":"p"}`,
			well:   true,
		},
		{
			name: "what does not build is a fault",
			events: `{"ImportPath":"p","Action":"build-output","Output":"undefined: x\n"}
{"ImportPath":"p","Action":"build-fail"}`,
			says: []string{"undefined: x", "FAULT p does not build"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			r := newReport(&out)
			if err := r.read(strings.NewReader(tt.events)); err != nil {
				t.Fatal(err)
			}
			if well := r.finish("here"); well != tt.well {
				t.Errorf("finish() = %v, want %v", well, tt.well)
			}
			for _, want := range tt.says {
				if !strings.Contains(out.String(), want) {
					t.Errorf("missing %q in:\n%s", want, out.String())
				}
			}
			for _, not := range tt.silent {
				if strings.Contains(out.String(), not) {
					t.Errorf("found %q in:\n%s", not, out.String())
				}
			}
		})
	}
}

func TestReportRefusesOtherText(t *testing.T) {
	t.Parallel()
	if err := newReport(&strings.Builder{}).read(strings.NewReader("go: no such tool")); err == nil {
		t.Error("text that is not JSON was read without an error")
	}
}
