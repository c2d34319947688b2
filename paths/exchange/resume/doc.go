// Package resume reads and writes JSON Resume, version 1 of its schema: a career as
// employers and other sites take it.
//
// It reads work, volunteer, education, projects, certificates and skills, whatever else is
// in the file, and whatever form that has; null stands for nothing. It writes the steps it
// is given, with what was learned and practised in them, and never pay, expectations,
// check-ins, changes or decisions.
package resume
