import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';

/** Rows on their way to the writer. Nest would stream a bare async iterable by itself, untrimmed. */
export class HeldRows {
  readonly rows: unknown;

  constructor(rows: unknown) {
    this.rows = rows;
  }
}

/** Hands the rows of an operation to its writer unseen. Part of `@Rows()`. */
@Injectable()
export class HoldRows implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((rows) => new HeldRows(rows)));
  }
}
