/** The pool alone: undici's index also loads its fetch, caches and WebSocket, which costs more start time than the pool itself. */
declare module 'undici/lib/dispatcher/pool.js' {
  import { Pool } from 'undici';

  export default Pool;
}

/** How undici makes its connections, for those that are to be looked at before they are used. */
declare module 'undici/lib/core/connect.js' {
  import { buildConnector } from 'undici';

  export default function connectorOf(options: buildConnector.BuildOptions & { useH2c?: boolean }): buildConnector.connector;
}
