import type { Random } from './random.ts';

const places = [
  'Harbor',
  'Meridian',
  'Cedar',
  'Summit',
  'Riverside',
  'Alpine',
  'Granite',
  'Bluewater',
  'Prairie',
  'Lakeside',
  'Copper',
  'Juniper',
  'Northgate',
  'Silverline',
  'Redwood',
  'Beacon',
  'Orchard',
  'Keystone',
  'Fairview',
  'Ironwood',
  'Crescent',
  'Willow',
  'Pioneer',
  'Sterling',
  'Atlas',
  'Coastal',
  'Highland',
  'Maple',
  'Sunrise',
  'Valley',
  'Westbridge',
  'Oakfield',
] as const;
const trades = [
  'Health Network',
  'Foods',
  'Logistics',
  'Energy',
  'Insurance',
  'Bank',
  'Pharma',
  'Retail Group',
  'Airlines',
  'Telecom',
  'Manufacturing',
  'University',
  'Media',
  'Utilities',
  'Automotive',
  'Biotech',
] as const;
const first = [
  'Amara',
  'Ben',
  'Clara',
  'Daniel',
  'Elena',
  'Farid',
  'Grace',
  'Hannah',
  'Ines',
  'Jonas',
  'Kofi',
  'Lena',
  'Marcus',
  'Nadia',
  'Oscar',
  'Priya',
  'Quinn',
  'Rosa',
  'Samuel',
  'Tara',
  'Umar',
  'Vera',
  'Wei',
  'Ximena',
  'Yusuf',
  'Zoe',
  'Aiko',
  'Bruno',
  'Carmen',
  'Dmitri',
  'Emma',
  'Felix',
  'Greta',
  'Hugo',
  'Isla',
  'Jamal',
  'Karin',
  'Luis',
  'Mina',
  'Noah',
  'Olga',
  'Pavel',
  'Rania',
  'Sofia',
  'Tomas',
  'Uma',
  'Viktor',
  'Willa',
  'Yara',
  'Zane',
  'Alice',
  'Bilal',
  'Chloe',
  'David',
  'Esther',
  'Finn',
  'Gita',
  'Henrik',
  'Ivy',
  'Jorge',
] as const;
const last = [
  'Abara',
  'Bauer',
  'Castillo',
  'Dubois',
  'Eriksen',
  'Fischer',
  'Garcia',
  'Hoffmann',
  'Ivanov',
  'Jensen',
  'Khan',
  'Larsen',
  'Moreau',
  'Nakamura',
  'Okafor',
  'Patel',
  'Quintero',
  'Rossi',
  'Schmidt',
  'Tanaka',
  'Ueda',
  'Vasquez',
  'Weber',
  'Xu',
  'Yilmaz',
  'Zhang',
  'Andersson',
  'Brooks',
  'Chen',
  'Diaz',
  'Evans',
  'Ferreira',
  'Green',
  'Hassan',
  'Ito',
  'Johnson',
  'Kowalski',
  'Lopez',
  'Meyer',
  'Novak',
  'Olsen',
  'Park',
  'Reyes',
  'Singh',
  'Thompson',
  'Usman',
  'Virtanen',
  'Wagner',
  'Young',
  'Zimmer',
  'Adler',
  'Bianchi',
  'Carter',
  'Dahl',
  'Ellis',
  'Fontaine',
  'Gallo',
  'Hughes',
  'Imai',
  'Jacobs',
  'Keller',
  'Lindqvist',
  'Mbeki',
  'Nguyen',
  'Ortiz',
  'Petrov',
  'Romero',
  'Sato',
  'Torres',
  'Ulrich',
  'Vogel',
  'Wong',
  'York',
  'Zeller',
  'Amari',
  'Berg',
  'Costa',
  'Doyle',
  'Eze',
  'Falk',
] as const;

const engagements = [
  'Claims platform modernization',
  'ERP rollout',
  'Data warehouse renewal',
  'Supply chain visibility',
  'Customer portal',
  'Cloud migration',
  'Finance transformation',
  'Operating model review',
  'Field service app',
  'Pricing analytics',
  'Master data cleanup',
  'Security assessment',
  'Payments integration',
  'Demand forecasting',
  'Contact center renewal',
  'Regulatory reporting',
] as const;
const stages = ['Discovery', 'Solution design', 'Build', 'Data migration', 'Testing', 'Rollout', 'Project management'] as const;
const notes = [
  'Workshops with the business',
  'Interfaces and mapping',
  'Sprint work',
  'Code review and fixes',
  'Steering committee preparation',
  'Test cases and defects',
  'Stakeholder interviews',
  'Data quality checks',
  'Architecture decisions',
  'Training material',
  'Backlog refinement',
  'Deployment and handover',
] as const;

/** Names that no two customers share. */
export function customerNames(random: Random, count: number): string[] {
  const all = places.flatMap((place) => trades.map((trade) => `${place} ${trade}`));
  return shuffled(random, all).slice(0, count);
}

/** Names of people with an address at work that no two share. */
export function people(random: Random, count: number): { name: string; email: string }[] {
  const all = shuffled(
    random,
    first.flatMap((given) => last.map((family) => [given, family] as const)),
  );
  return Array.from({ length: count }, (_, index) => {
    const [given, family] = all[index % all.length] as (typeof all)[number];
    const again = Math.floor(index / all.length);
    return { name: `${given} ${family}`, email: `${given}.${family}${again || ''}@northlight.example`.toLowerCase() };
  });
}

/** What a customer engages the firm for; numbered when a customer asks for the same again. */
export function engagementName(index: number): string {
  const round = Math.floor(index / engagements.length);
  return `${engagements[index % engagements.length]}${round === 0 ? '' : ` ${round + 1}`}`;
}

/** The stages that become a project's tasks, project management last. */
export function stagesOf(count: number): string[] {
  return [...stages.slice(0, Math.max(1, count - 1)), stages[stages.length - 1] ?? ''];
}

/** A line that somebody might write beside an hour of work. */
export function noteOf(random: Random): string {
  return random.pick(notes);
}

function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  const mixed = [...items];
  for (let index = mixed.length - 1; index > 0; index -= 1) {
    const other = random.int(0, index);
    [mixed[index], mixed[other]] = [mixed[other] as Item, mixed[index] as Item];
  }
  return mixed;
}
