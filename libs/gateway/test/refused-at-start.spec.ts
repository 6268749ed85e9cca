import { Body, Controller, Get, Inject, Injectable, Next, Post, Redirect, Render, Res, Sse, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Public, Scopes } from '@portico/auth';
import { defineViewModel } from '@portico/view-model';
import Type from 'typebox';
import { EMPTY } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { NoContent, Rows, View } from '../src/index.js';
import { startApp, type AppParts } from './start-app.js';

const Thing = defineViewModel('Thing', Type.Object({ id: Type.String() }));
const OtherThing = defineViewModel('Thing', Type.Object({ name: Type.String() }));
// The decorators' own types would refuse what the gateway has to refuse when they are passed by.
const Any = View(Thing) as MethodDecorator;
const AnyRows = Rows(Thing) as MethodDecorator;

async function refusal(parts: AppParts): Promise<string> {
  const started = await startApp(parts).catch((error: Error) => error.message);
  if (typeof started === 'string') return started;
  await started.close();
  return 'started';
}

@Controller('wrong')
class WrongController {
  @Get('no-answer')
  @Public()
  noAnswer() {
    return { id: '1' };
  }

  @Get('two-answers')
  @Public()
  @Any
  @AnyRows
  twoAnswers() {
    return { id: '1' };
  }

  @Get('all-answers')
  @Public()
  @Any
  @AnyRows
  @NoContent()
  allAnswers() {
    return { id: '1' };
  }

  @Get('string')
  @Public()
  @Any
  string(): string {
    return '{}';
  }

  @Get('buffer')
  @Public()
  @Any
  buffer(): Buffer {
    return Buffer.alloc(0);
  }

  @Get('number')
  @Public()
  @Any
  number(): number {
    return 1;
  }

  @Get('array')
  @Public()
  @Any
  array(): string[] {
    return [];
  }

  @Get('res')
  @Public()
  @Any
  res(@Res() _response: unknown) {
    return { id: '1' };
  }

  @Get('passthrough')
  @Public()
  @Any
  passthrough(@Res({ passthrough: true }) _response: unknown) {
    return { id: '1' };
  }

  @Get('next')
  @Public()
  @Any
  next(@Next() _next: unknown) {
    return { id: '1' };
  }

  @Get('render')
  @Public()
  @Any
  @Render('page')
  render() {
    return { id: '1' };
  }

  @Get('redirect')
  @Public()
  @Any
  @Redirect('https://elsewhere.example')
  redirect() {
    return { id: '1' };
  }

  @Sse('sse')
  @Public()
  @Any
  sse() {
    return EMPTY;
  }

  @Get('no-access')
  @Any
  noAccess() {
    return { id: '1' };
  }

  @Post('body')
  @Public()
  @Any
  fine(@Body() _body: object) {
    return { id: '1' };
  }
}

describe('an operation that cannot be served', () => {
  it('stops the start, and every one of them is named in one error', async () => {
    expect((await refusal({ controllers: [WrongController] })).split('\n')).toEqual([
      'These operations cannot be served:',
      '  WrongController.noAnswer declares no answer: add @View(), @Rows() or @NoContent()',
      '  WrongController.twoAnswers declares @View() and @Rows(): an operation has one kind of answer',
      '  WrongController.allAnswers declares @View() and @Rows() and @NoContent(): an operation has one kind of answer',
      '  WrongController.string returns a String, which no view model can trim',
      '  WrongController.buffer returns a Buffer, which no view model can trim',
      '  WrongController.number returns a Number, which no view model can trim',
      '  WrongController.array returns a Array, which no view model can trim',
      '  WrongController.res takes the raw response by @Res() or @Next(), which passes by the view model',
      '  WrongController.passthrough takes the raw response by @Res() or @Next(), which passes by the view model',
      '  WrongController.next takes the raw response by @Res() or @Next(), which passes by the view model',
      '  WrongController.render uses @Render(), which passes by the view model',
      '  WrongController.redirect uses @Redirect(), which passes by the view model',
      '  WrongController.sse uses @Sse(), which passes by the view model',
      '  WrongController.noAccess declares neither @Public() nor @Scopes(): say who may use it',
    ]);
  });

  it('is one whose handler another controller inherits: it would be served with the access of only one of them', async () => {
    class Base {
      @Get()
      @Any
      read() {
        return { id: '1' };
      }
    }
    @Controller('open')
    @Public()
    class OpenController extends Base {}
    @Controller('closed')
    @Scopes('secret.read')
    class ClosedController extends Base {}
    expect(await refusal({ controllers: [OpenController, ClosedController] })).toContain('ClosedController.read shares its handler with OpenController.read');
  });

  it('is one whose name another controller has already', async () => {
    const make = (path: string) => {
      @Controller(path)
      @Public()
      class SameController {
        @Get()
        @Any
        read() {
          return { id: '1' };
        }
      }
      return SameController;
    };
    expect(await refusal({ controllers: [make('a'), make('b')] })).toContain('SameController.read is declared by two controllers of that name');
  });

  it('is one whose view model is called like another', async () => {
    @Controller('views')
    @Public()
    class ViewsController {
      @Get('a')
      @Any
      a() {
        return { id: '1' };
      }

      @Get('b')
      @View(OtherThing)
      b() {
        return { name: '1' };
      }
    }
    expect(await refusal({ controllers: [ViewsController] })).toContain('ViewsController.b uses a second view model called Thing');
  });

  it('is one whose view model lets unnamed fields out: that cannot even be declared', () => {
    const open = Type.Object({ id: Type.String(), extra: Type.Record(Type.String(), Type.String()), any: Type.Any() });
    expect(() => defineViewModel('Open', open)).toThrow(/View model Open is no allow-list:[\s\S]*\$\.extra[\s\S]*\$\.any/);
  });
});

describe('a route that is no operation', () => {
  it('stops the start: nothing would check who may use it, nor trim what it answers', async () => {
    @Injectable()
    class BackDoor implements OnModuleInit {
      constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

      onModuleInit() {
        this.host.httpAdapter.get('/back-door', ((_: unknown, reply: { send(body: string): void }) => reply.send('secret')) as never);
      }
    }
    expect(await refusal({ providers: [BackDoor] })).toBe('GET /back-door is no operation: declare it in a controller');
  });
});

describe('a gateway that cannot be built', () => {
  it('tells what Nest found missing, instead of ending the process', async () => {
    @Injectable()
    class Needy {
      constructor(@Inject('nothing of that name') readonly value: unknown) {}
    }
    expect(await refusal({ providers: [Needy] })).toContain("can't resolve dependencies of the Needy");
  });

  it('tells every fault of its configuration by path', async () => {
    const message = await refusal({ overrides: { deadline: { defaultMs: 0 }, http: { maxBodyBytes: -1 }, limits: { callerPerMinute: 'many' as never }, services: { catalog: { instances: ['catalog:4001'] } } } });
    for (const path of ['deadline.defaultMs', 'http.maxBodyBytes', 'limits.callerPerMinute', 'services.catalog.instances']) expect(message).toContain(path);
  });

});
