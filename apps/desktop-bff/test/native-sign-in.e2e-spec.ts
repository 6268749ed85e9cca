import { nativeSignIn } from '@portico/testing';
import { desktopBff } from '../src/desktop-bff.js';

nativeSignIn(desktopBff, {
  redirects: ['http://127.0.0.1:1024/callback', 'http://127.0.0.1:65535/callback'],
  others: ['http://localhost:1024/callback', 'http://127.0.0.1:1024/other', 'https://127.0.0.1:1024/callback', 'http://127.0.0.2:1024/callback', 'com.example.shop:/callback'],
});
