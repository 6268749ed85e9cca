import { Matches } from 'class-validator';

/** Which order. */
export class OrderParams {
  @Matches(/^[\w-]{1,60}$/)
  id!: string;
}
