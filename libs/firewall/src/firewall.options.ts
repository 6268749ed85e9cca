import { Setting } from '@portico/config';
import { IsIn, IsInt, Max, Min } from 'class-validator';

const modes = ['off', 'detection', 'prevention'] as const;

/** What a finding leads to. */
export type FirewallMode = (typeof modes)[number];

/** Settings of the firewall for requests. */
export class FirewallOptions {
  @Setting({ description: '`off` loads nothing; `detection` logs what is found, `prevention` also answers 403. Both need the package @datadog/native-appsec beside the bundle' })
  @IsIn(modes)
  mode: FirewallMode = 'off';

  @Setting({ description: 'Most texts of a request that are more than a plain word, names of parameters and members among them: each costs time. A request with more is a finding', unit: 'texts' })
  @IsInt()
  @Min(100)
  @Max(65_536)
  maxTexts: number = 1_000;
}
