// Package pictures keeps the pictures of stories and people. What is uploaded is
// re-encoded before it is stored, which drops where and when it was taken; the
// sizes that pages need are made by a job. Files lie in the media folder, named by
// the hash of their bytes, so a picture's address never changes its meaning.
package pictures
