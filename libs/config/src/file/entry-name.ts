/** Names of entries of a section map in a file. What looks like a number would lose its turn, and the order of entries matters. */
export const entryNamePattern = '^(?!__proto__$)[A-Za-z_][A-Za-z0-9_.-]*$';
