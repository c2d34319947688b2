package linkedin

// ReadWith is read, with the opening of files in the hands of a test.
var ReadWith = read

// DateOf is dateOf.
var DateOf = dateOf
