/** The banners of the home screen. */
export const banners = [
  { id: 'b-winter', title: 'Long evenings, warm light', text: 'Lamps and throws for the dark half of the year.', imageUrl: 'https://images.shop.example/banners/winter.webp', link: '/products?category=lighting' },
  { id: 'b-desk', title: 'A desk that works', text: 'Everything between the screen and the chair, now with free delivery.', imageUrl: 'https://images.shop.example/banners/desk.webp', link: '/products?category=computing' },
  { id: 'b-garden', title: 'Sow now, eat in May', text: 'Trays, beds and tools for the first warm weekend.', imageUrl: 'https://images.shop.example/banners/garden.webp', link: '/products?category=garden' },
  { id: 'b-repair', title: 'Repair rather than replace', text: 'Spare parts for every series, kept for ten years.', imageUrl: 'https://images.shop.example/banners/repair.webp', link: '/products?q=repairable' },
] as const;
