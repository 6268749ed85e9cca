import { Section, Setting } from '@portico/config';
import { errorTable } from '@portico/core';
import { ArrayNotEmpty, IsIn, IsInt, IsNotEmpty, IsNumber, IsOptional, Max, Min } from 'class-validator';
import { IsJsonPath } from './is-json-path.decorator.js';
import { IsJsonText } from './is-json-text.decorator.js';

/** One call for each different value. */
export class EachConfig {
  @Setting({ description: 'Where the values stand in the answers of other parts, as `$.order.notes[*].userId`; nulls are left out' })
  @IsNotEmpty()
  @IsJsonPath()
  values!: string;

  @Setting({ description: 'Placeholder of the route that is set to the value, or else the parameter of the query' })
  @IsNotEmpty()
  parameter!: string;

  @Setting({ description: 'Whether one value alone gives what its call brought itself (`object`) or a list of one (`list`)' })
  @IsIn(['list', 'object'])
  single: 'list' | 'object' = 'list';

  @Setting({ description: 'Most calls; a part that would need more has failed', unit: 'calls' })
  @IsInt()
  @Min(1)
  @Max(1_000)
  maxCalls: number = 50;
}

/** Few calls for many ids. The part is a list in the order of the ids, null where an id has no item. */
export class JoinConfig {
  @Setting({ description: 'Where the ids stand in the answers of other parts, as `$.order.lines[*].productId`; each different one is asked for once' })
  @IsNotEmpty()
  @IsJsonPath()
  ids!: string;

  @Setting({ description: 'Placeholder of the route, or else parameter of the query, that is set to the ids of a call, with commas between' })
  @IsNotEmpty()
  parameter!: string;

  @Setting({ description: 'Where an item has its id: a name, or a path as `$.product.id`' })
  @IsNotEmpty()
  key: string = 'id';

  @Setting({ description: 'Where the list of items stands in the answer, as `$.items`; empty: the answer is the list, or has it under `items`' })
  @IsJsonPath()
  items: string = '';

  @Setting({ description: 'Most ids per call; for more there are further calls at the same time', unit: 'ids' })
  @IsInt()
  @Min(1)
  @Max(10_000)
  chunkSize: number = 100;

  @Setting({ description: 'Most calls; a part that would need more has failed', unit: 'calls' })
  @IsInt()
  @Min(1)
  @Max(1_000)
  maxCalls: number = 10;
}

/** One part of an aggregate. */
export class PartConfig {
  @Setting({ description: 'Name of the route that is called: its target, its changes of the request, its claims and its backend policies count; its match, its access and its limits do not' })
  @IsNotEmpty()
  route!: string;

  @Setting({ description: 'Its key in the answer; empty: its name' })
  as: string = '';

  @Setting({ description: 'Whether its failure is that of the whole answer (502, 503 or 504); otherwise the part is null and named in Portico-Degraded' })
  required: boolean = false;

  @Setting({ description: "Whether the aggregate may let through callers whom the route itself would refuse: by access, addresses or inbound policies of the route's own. Say so only where the aggregate checks them in another way" })
  trusted: boolean = false;

  @Setting({ description: 'Parts that must have ended before this one begins; those whose answers it reads are waited for anyway' })
  after: string[] = [];

  @Setting({ description: 'Fraction (0 to 1) of the usable deadline; absent: an even share of what its chain leaves', type: 'number' })
  @IsOptional()
  @IsNumber()
  @Min(0.001)
  @Max(1)
  share?: number;

  @Setting({ description: 'Path into the answer of another part, as `$.order.customerId`: the part is left out, and the answer whole all the same, where nothing, null or false is there' })
  @IsJsonPath()
  when: string = '';

  @Setting({ description: "Values for placeholders of the route, or else parameters of its query, by name: a path into another part's answer, as `$.order.customerId`, which must find exactly one; or a text, perhaps with placeholders of the aggregate's match, as `{id}`", type: 'string{}' })
  with: Record<string, string> = {};

  @Section(() => EachConfig, { description: 'One call for each different value', optional: true })
  each?: EachConfig;

  @Section(() => JoinConfig, { description: 'Few calls for many ids', optional: true })
  join?: JoinConfig;

  @Setting({ description: 'JSON text that stands in for the value of a part that failed or was left out, as `[]`', type: 'string' })
  @IsOptional()
  @IsJsonText()
  default?: string;

  @Setting({ description: "Whether an answer of any status is taken; a text that is no JSON then becomes a JSON string. A call without an answer fails all the same" })
  anyStatus: boolean = false;

  @Setting({ description: 'Codes of the error table for statuses that mean something to the client, as `404: RESOURCE_NOT_FOUND`; others are failures of the service', type: 'string{}' })
  @IsIn(Object.keys(errorTable), { each: true, message: 'is no code of the error table' })
  refusals: Record<string, string> = {};

  @Setting({ description: "Whether the request's body goes along, and with it its method" })
  body: boolean = false;

  @Setting({ description: 'Body that is sent, as JSON text, in which a text that is a path into another part, as `"$.order.lines[*].id"`, stands for what is found there (a list, where the path may find several), and one that is a placeholder, as `"{id}"`, for what the match has caught; by POST, unless the route says otherwise', type: 'string' })
  @IsOptional()
  @IsJsonText()
  send?: string;

  @Setting({ description: 'Fields of the answer that are kept, at any depth, as `id` or `lines.productId`; lists are entered; absent: all', type: 'string[]' })
  @IsOptional()
  @ArrayNotEmpty()
  @IsNotEmpty({ each: true })
  pick?: string[];
}
