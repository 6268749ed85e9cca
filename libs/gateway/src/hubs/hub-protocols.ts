import { jsonHubProtocol, messagePackHubProtocol } from '@portico/realtime';

/** What hubs of a gateway speak. */
export const hubProtocols = [jsonHubProtocol, messagePackHubProtocol];
