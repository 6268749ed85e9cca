/** First names of customers and reviewers. */
export const firstNames: readonly string[] = [
  'Aino', 'Amara', 'Anton', 'Bea', 'Bruno', 'Carla', 'Chidi', 'Clara', 'Dario', 'Edda', 'Elif', 'Emil', 'Farid', 'Fiona', 'Greta', 'Hana', 'Hugo', 'Ines', 'Ivo', 'Jana',
  'Jonas', 'Kaya', 'Lars', 'Leila', 'Luca', 'Maja', 'Marek', 'Mila', 'Nadia', 'Nils', 'Noor', 'Olga', 'Oskar', 'Paula', 'Pavel', 'Rosa', 'Samir', 'Sofia', 'Tomas', 'Zoe',
];

/** Family names of customers and reviewers. */
export const familyNames: readonly string[] = [
  'Andersson', 'Bauer', 'Bianchi', 'Costa', 'Dvorak', 'Eriksen', 'Fischer', 'Garcia', 'Haas', 'Ivanova', 'Jansen', 'Kowalski', 'Laurent', 'Moreau', 'Novak', 'Okafor', 'Pereira', 'Quist', 'Rossi', 'Silva',
  'Tamm', 'Ulrich', 'Vidal', 'Weber', 'Yilmaz', 'Zeman',
];

/** Street names. */
export const streets: readonly string[] = ['Lindenweg', 'Rue du Port', 'Via Roma', 'Kerkstraat', 'Calle Mayor', 'Skolegade', 'Rua das Flores', 'Hauptstrasse', 'Parkgatan', 'Mill Lane', 'Quai Sud', 'Gartenweg'];

/** City, postal code and country that belong together. */
export const places: readonly { readonly city: string; readonly postalCode: string; readonly countryCode: string }[] = [
  { city: 'Hamburg', postalCode: '20095', countryCode: 'DE' },
  { city: 'Lyon', postalCode: '69002', countryCode: 'FR' },
  { city: 'Utrecht', postalCode: '3511 AB', countryCode: 'NL' },
  { city: 'Porto', postalCode: '4000-001', countryCode: 'PT' },
  { city: 'Aarhus', postalCode: '8000', countryCode: 'DK' },
  { city: 'Bologna', postalCode: '40121', countryCode: 'IT' },
  { city: 'Sevilla', postalCode: '41001', countryCode: 'ES' },
  { city: 'Graz', postalCode: '8010', countryCode: 'AT' },
  { city: 'Uppsala', postalCode: '753 20', countryCode: 'SE' },
  { city: 'Ghent', postalCode: '9000', countryCode: 'BE' },
];

/** Locales customers read in. */
export const locales: readonly string[] = ['en-GB', 'de-DE', 'fr-FR', 'nl-NL', 'pt-PT', 'it-IT', 'es-ES', 'sv-SE'];
