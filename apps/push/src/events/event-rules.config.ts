import { SectionList, Setting } from '@portico/config';
import { Matches } from 'class-validator';

const pattern = /^(?:\*|[^,*\s][^,*]*(?:,[^,*]+)*)$/;
const patternFault = { message: 'must be *, a name, or names with commas between them' };

/** Which events go where. */
export class EventRule {
  @Setting({ description: 'Address of the service, with `{hub}`, `{category}` and `{event}` in its path or query' })
  @Matches(/^https?:\/\/[^\s/?#{}@]+(?:[/?][^\s#]*)?$/, { message: 'must be an address with http or https, and placeholders only behind the host' })
  urlTemplate!: string;

  @Setting({ description: 'Hubs: `*`, a name, or names with commas between them' })
  @Matches(pattern, patternFault)
  hubPattern: string = '*';

  @Setting({ description: 'Categories, as hubs: `connections`, `messages`' })
  @Matches(pattern, patternFault)
  categoryPattern: string = '*';

  @Setting({ description: 'Events, as hubs: `connected`, `disconnected`, or the method that is called' })
  @Matches(pattern, patternFault)
  eventPattern: string = '*';
}

/** The file of rules. The first that matches counts; an event that none matches is dropped. */
export class EventRulesConfig {
  @SectionList(() => EventRule, { description: 'Which events go where, in the order in which they are tried' })
  rules: EventRule[] = [];
}
