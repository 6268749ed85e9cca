/** What the launcher says to a child that waits. */
export const startMessage = 'start';

/** Names the module, as a URL, that a child loads while it waits. */
export const warmUpVariable = 'PORTICO_LAUNCHER_WARM_UP';
