import { nativeSignIn } from '@portico/testing';
import { mobileBff } from '../src/mobile-bff.js';

nativeSignIn(mobileBff, {
  redirects: ['https://app.shop.example/callback', 'com.example.shop:/callback'],
  others: ['https://app.shop.example/callback/x', 'https://app.shop.example:8443/callback', 'http://app.shop.example/callback', 'https://evil.example/callback', 'com.example.shop:/cb', 'com.example.shops:/callback'],
});
