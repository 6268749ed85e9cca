import { IsString } from 'class-validator';

/** Has the name of an input class of another gateway in the same process, and another shape. */
export class ThingInput {
  @IsString()
  other!: string;
}
