/** What a front end runs on; each has one BFF. */
export type DeviceClass = 'web' | 'mobile' | 'desktop';
