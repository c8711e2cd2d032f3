/** What the server in front of the app says when it turns a request away. */
export const gate = {
  "origin.title": "This form was not sent from here",
  "origin.body":
    "For your safety, forms are only taken from this site’s own pages, opened at {origin}. Nothing was changed. Open tiyn at that address and send the form again.",
  "origin.link": "Open {origin}",
  "token.title": "This page is out of date",
  "token.body":
    "It was opened before you last signed in, so what it sent was not taken. Nothing was changed. Go back, load the page again, and send it once more.",
  "type.title": "This kind of content is not taken here",
  "type.body":
    "Pages take what their forms send, and /api/ takes application/json. Nothing was changed.",
  "slow.title": "The connection was too slow",
  "slow.body":
    "What you sent did not arrive in time, so nothing was changed. Go back: what you typed is still there. Send fewer or smaller pictures, or wait for a better connection.",
  "busy.title": "Many are sending pictures just now",
  "busy.body":
    "Nothing was changed. Go back: what you typed is still there. Send it again in a few seconds.",
  "fields.title": "That was too much at once",
  "fields.body":
    "The form had more fields than can be taken at once. Nothing was changed. Choose fewer rows and send it again.",
} as const;
