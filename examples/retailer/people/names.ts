/** Given and family names, spelled as their owners do, and as they stand in an address of e-mail. */
export const givenNames: readonly (readonly [name: string, plain: string])[] = [
  ['Anna', 'anna'],
  ['Ben', 'ben'],
  ['Chloé', 'chloe'],
  ['Deniz', 'deniz'],
  ['Emma', 'emma'],
  ['Finn', 'finn'],
  ['Greta', 'greta'],
  ['Hülya', 'huelya'],
  ['Ilja', 'ilja'],
  ['Jörg', 'joerg'],
  ['Katharina', 'katharina'],
  ['Lena', 'lena'],
  ['Milan', 'milan'],
  ['Noor', 'noor'],
  ['Oskar', 'oskar'],
  ['Paula', 'paula'],
  ['Ruth', 'ruth'],
  ['Søren', 'soren'],
  ['Theo', 'theo'],
  ['Vera', 'vera'],
]

export const familyNames: readonly (readonly [name: string, plain: string])[] = [
  ['Weber', 'weber'],
  ['Müller', 'mueller'],
  ['de Vries', 'devries'],
  ['Keller', 'keller'],
  ['Smith', 'smith'],
  ['Öztürk', 'oeztuerk'],
  ['Gruber', 'gruber'],
  ['Schäfer', 'schaefer'],
  ['Bernard', 'bernard'],
  ['Jansen', 'jansen'],
  ['Baumann', 'baumann'],
  ['Taylor', 'taylor'],
  ['Nowak', 'nowak'],
  ['Huber', 'huber'],
  ['Meier', 'meier'],
  ['Vogel', 'vogel'],
]

/** Names that try to break what reads them: some of the first few people have one each. */
export const awkwardNames: Readonly<Record<number, readonly [given: string, family: string]>> = {
  11: [`O'Brien "Q"`, '\\ 🦊; drop table people'],
  12: ["'; delete from events; --", 'Nul'],
  13: ['Jörg, "Jo"', '$' + '{HOME} {{ ref }}'],
  14: ['太郎', '山田, 東京\\'],
  15: ['__proto__', 'constructor'],
}
