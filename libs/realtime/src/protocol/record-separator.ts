/** Ends a record that is text: the handshake, and every message of the JSON protocol. JSON writes it escaped, so it stands nowhere inside. */
export const recordSeparator = '\u001e';
