import { Choices, Setting, type Choice } from '@portico/config';
import { IsNotEmpty } from 'class-validator';

/** A text to replace in the values of a header field. */
export class ReplaceTransform {
  @Setting({ description: 'Name of the header field' })
  @IsNotEmpty()
  header: string = '';

  @Setting({ description: 'The text to replace, wherever it occurs; may hold placeholders' })
  @IsNotEmpty()
  find: string = '';

  @Setting({ description: 'The text to put there; may hold placeholders' })
  with: string = '';
}

/** One change of header fields. Names are in any case; values may hold placeholders. */
export type HeaderTransform = Choice<{
  set: Readonly<Record<string, string>>;
  setIfAbsent: Readonly<Record<string, string>>;
  append: Readonly<Record<string, string>>;
  remove: readonly string[];
  replace: ReplaceTransform;
}>;

const transforms = () => ({ set: 'string{}', setIfAbsent: 'string{}', append: 'string{}', remove: 'string[]', replace: ReplaceTransform }) as const;

/** Changes of header fields, done in the order in which they are written. */
export class HeaderTransforms {
  @Choices(transforms, { description: 'Changes of what is sent to the service', list: true })
  request: readonly HeaderTransform[] = [];

  @Choices(transforms, { description: 'Changes of what is answered to the client; problem answers are left alone', list: true })
  response: readonly HeaderTransform[] = [];
}
