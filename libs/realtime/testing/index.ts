export { connectHub, type HubClientOptions } from './connect-hub.js';
