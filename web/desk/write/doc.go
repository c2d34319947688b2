// Package write is where stories are written: the editor with the path behind the
// story, its preview, the list of stories, their saved versions, and the pictures that
// texts show.
//
// A handler holds no rule: it reads the form, asks stories, and shows the answer. What
// was typed comes back from every refusal, and a save over what somebody else changed
// shows both texts.
package write
