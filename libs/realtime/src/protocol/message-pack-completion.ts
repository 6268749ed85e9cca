/** What stands in a completion of the MessagePack protocol for how the call ended. */
export const completionKind = { error: 1, void: 2, result: 3 } as const;
