import type { EurekaRegistrationOptions } from './eureka-registration.config.js';

/** What Eureka is told of this process, in the form of its REST interface. */
export function registrationBody(instanceId: string, options: EurekaRegistrationOptions, epochMs: number): object {
  const { app, hostName, ipAddress, port, securePort, healthPath, heartbeatMs, leaseMs } = options;
  const origin = port > 0 ? `http://${hostName}:${port}` : `https://${hostName}:${securePort}`;
  const portOf = (number: number) => ({ $: number, '@enabled': String(number > 0) });
  return {
    instance: {
      instanceId,
      app: app.toUpperCase(),
      hostName,
      ipAddr: ipAddress,
      vipAddress: app.toLowerCase(),
      secureVipAddress: app.toLowerCase(),
      status: 'UP',
      port: portOf(port),
      securePort: portOf(securePort),
      homePageUrl: `${origin}/`,
      statusPageUrl: `${origin}${healthPath}`,
      healthCheckUrl: `${origin}${healthPath}`,
      dataCenterInfo: { '@class': 'com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo', name: 'MyOwn' },
      leaseInfo: { renewalIntervalInSecs: Math.ceil(heartbeatMs / 1_000), durationInSecs: Math.ceil(leaseMs / 1_000) },
      lastUpdatedTimestamp: String(epochMs),
      lastDirtyTimestamp: String(epochMs),
      metadata: {},
    },
  };
}
