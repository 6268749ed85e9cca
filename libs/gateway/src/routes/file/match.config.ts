import { Setting } from '@portico/config';
import { IsIn, IsInt, IsUppercase, ValidateBy } from 'class-validator';
import { parsePathTemplate } from '@portico/routing';

/** Whether a text is a path template; says what is wrong with it otherwise. */
function IsPathTemplate(): PropertyDecorator {
  const fault = (value: unknown): string | undefined => {
    try {
      parsePathTemplate(String(value));
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };
  return ValidateBy({ name: 'isPathTemplate', validator: { validate: (value) => fault(value) === undefined, defaultMessage: (at) => String(fault(at?.value)) } });
}

/** When a route is taken. */
export class MatchConfig {
  @Setting({ description: 'Path: `{x}` stands for one segment or a piece of one, `{x*}` at the end for any number of segments, also none' })
  @IsPathTemplate()
  path!: string;

  @Setting({ description: 'Methods, in upper case; GET includes HEAD; empty: all' })
  @IsUppercase({ each: true })
  methods: string[] = [];

  @Setting({ description: 'Host that the client names, in any case; its port counts only where one is given; empty: any' })
  host: string = '';

  @Setting({ description: 'Header fields that must be there, by name, with templates for their whole values; an empty one takes any value', type: 'string{}' })
  headers: Record<string, string> = {};

  @Setting({ description: 'Parameters of the query that must be there, by name, with templates for their whole values; an empty one takes any value', type: 'string{}' })
  query: Record<string, string> = {};

  @Setting({ description: 'Whether the letters of path, header fields and parameters are compared as they are' })
  caseSensitive: boolean = true;

  @Setting({ description: 'Whether the path with and without `/` at its end is the same (`optional`) or not (`exact`)' })
  @IsIn(['exact', 'optional'])
  trailingSlash: 'exact' | 'optional' = 'exact';

  @Setting({ description: 'The higher one is tried first; of equals the one with a host, then the more specific path, then the one with more conditions, then the first in the file' })
  @IsInt()
  priority: number = 0;
}
