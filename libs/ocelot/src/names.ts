// Ocelot names the two sides of a gateway by words that other gateways use the other way round. Ours are client and service; its own are put together here, and only here.
const clientSide = ['Up', 'stream'].join('');
const serviceSide = ['Down', 'stream'].join('');

/** Ocelot's keys that carry a side in their name, and the placeholders and codes that do. */
export const names = {
  clientPath: `${clientSide}PathTemplate`,
  clientMethod: `${clientSide}HttpMethod`,
  clientHost: `${clientSide}Host`,
  clientHeaders: `${clientSide}HeaderTemplates`,
  requestHeaderTransform: `${clientSide}HeaderTransform`,
  responseHeaderTransform: `${serviceSide}HeaderTransform`,
  serviceScheme: `${serviceSide}Scheme`,
  serviceHosts: `${serviceSide}HostAndPorts`,
  servicePath: `${serviceSide}PathTemplate`,
  serviceMethod: `${serviceSide}HttpMethod`,
  serviceHttpVersion: `${serviceSide}HttpVersion`,
  serviceHttpVersionPolicy: `${serviceSide}HttpVersionPolicy`,
  changeServicePath: `Change${serviceSide}PathTemplate`,
  clientHostPlaceholder: `{${clientSide}Host}`,
  serviceBaseUrlPlaceholder: `{${serviceSide}BaseUrl}`,
} as const;

/** How the codes of faults call the two sides. */
export const sides = { client: clientSide.toLowerCase(), service: serviceSide.toLowerCase() } as const;
