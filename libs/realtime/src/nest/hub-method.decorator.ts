import 'reflect-metadata';

const key = 'portico:hub-method';

/** How a method of a hub can be called. */
export interface HubMethodDeclaration {
  readonly streams: boolean;
}

/** Opens a method to clients, by its own name in any case. What it returns is the result of the call. */
export function HubMethod(): MethodDecorator {
  return declare({ streams: false });
}

/** Opens a method to clients that answers with a stream: an `AsyncIterable`, or the promise of one. */
export function HubStream(): MethodDecorator {
  return declare({ streams: true });
}

/** How clients may call a method; undefined when they may not. */
export function hubMethodOf(handler: object): HubMethodDeclaration | undefined {
  return Reflect.getMetadata(key, handler) as HubMethodDeclaration | undefined;
}

function declare(declaration: HubMethodDeclaration): MethodDecorator {
  return (_target, _property, descriptor) => Reflect.defineMetadata(key, declaration, descriptor.value as object);
}
