import { answers } from '../run/answers.mjs';
import { eurekaArguments, javaOptions } from './eureka-settings.mjs';
import { eurekaClasses, eurekaJar } from './provide-eureka.mjs';

/** @type {import('../servers.mjs').Launch} */
export const eurekaLaunch = {
  ports: 1,
  command: ([port = 0]) => ['java', ...javaOptions, `-XX:SharedArchiveFile=${eurekaClasses}`, '-jar', eurekaJar, ...eurekaArguments(port)],
  origin: ([port]) => `http://127.0.0.1:${port}`,
  isReady: (origin) => answers(`${origin}/eureka/apps`, () => true),
};
