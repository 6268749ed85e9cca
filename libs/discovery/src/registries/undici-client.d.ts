/** The client of one connection alone: undici's index also loads its fetch, caches and WebSocket. */
declare module 'undici/lib/dispatcher/client.js' {
  import { Client } from 'undici';

  export default Client;
}
