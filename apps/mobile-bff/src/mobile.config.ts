import type { ServiceConfig } from '@portico/backend-client';
import { Section } from '@portico/config';
import { AppLinksConfig, AuthConfig, GatewayConfig, NativeClientConfig, serviceAt, ServiceClientConfig } from '@portico/gateway';

/** The mobile BFF's own defaults; everything can be set from the environment. */
export class MobileConfig extends GatewayConfig {
  override port: number = 3020;

  override auth: AuthConfig = Object.assign(new AuthConfig(), { audience: 'https://mobile.portico.example', clientIds: ['shop-mobile', 'shop-mobile-https'] });

  @Section(() => NativeClientConfig, { description: 'How the app signs its user in' })
  nativeClient: NativeClientConfig = Object.assign(new NativeClientConfig(), { redirectUris: ['https://app.shop.example/callback', 'com.example.shop:/callback'] });

  // The shop's app is made up, and so is what it would be signed with.
  @Section(() => AppLinksConfig, { description: 'Which installed apps open the claimed link' })
  appLinks: AppLinksConfig = Object.assign(new AppLinksConfig(), {
    androidPackage: 'com.example.shop',
    androidCertSha256: ['00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF'],
    appleAppIds: ['ABCDE12345.com.example.shop'],
  });

  override serviceClient: ServiceClientConfig = Object.assign(new ServiceClientConfig(), { clientId: 'mobile-bff' });

  override services: Record<string, ServiceConfig> = {
    catalog: serviceAt('http://127.0.0.1:4001', 'https://catalog.portico.example'),
    pricing: serviceAt('http://127.0.0.1:4002', 'https://pricing.portico.example'),
    inventory: serviceAt('http://127.0.0.1:4003', 'https://inventory.portico.example'),
    reviews: serviceAt('http://127.0.0.1:4004', 'https://reviews.portico.example'),
    recommendations: serviceAt('http://127.0.0.1:4005', 'https://recommendations.portico.example'),
    basket: serviceAt('http://127.0.0.1:4006', 'https://basket.portico.example'),
    ordering: serviceAt('http://127.0.0.1:4007', 'https://ordering.portico.example'),
    customers: serviceAt('http://127.0.0.1:4008', 'https://customers.portico.example'),
  };
}
