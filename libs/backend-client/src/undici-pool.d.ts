/** The pool alone: undici's index also loads its fetch, caches and WebSocket, which costs more start time than the pool itself. */
declare module 'undici/lib/dispatcher/pool.js' {
  import { Pool } from 'undici';

  export default Pool;
}
