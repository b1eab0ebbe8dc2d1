/** A name that a file imports from another, and where that stands. */
export interface ImportedName {
  readonly name: string
  readonly from: string
  readonly offset: number
}

const statement = /^[ \t]*(import|export)\s+(?!type\b)(?:[\w$]+\s*,\s*)?\{([^}]*)\}\s*from\s*(['"])([^'"]+)\3/gm

/** The values that a file imports by name; types are left out. */
export function importedNames(text: string): readonly ImportedName[] {
  const found: ImportedName[] = []
  for (const match of text.matchAll(statement)) {
    const listStart = match.index + match[0].indexOf('{') + 1
    for (const item of match[2]!.matchAll(/(?:^|,)(\s*)(type\s+)?([\w$]+)/g)) {
      if (item[2] !== undefined) continue
      const lead = item[0].length - item[3]!.length
      found.push({ name: item[3]!, from: match[4]!, offset: listStart + item.index + lead })
    }
  }
  return found
}

/** What a stripped file requires, with the offset of each. */
export function requiredPaths(code: string): readonly { readonly path: string; readonly offset: number }[] {
  return [...code.matchAll(/\brequire\('((?:[^'\\\n]|\\.)+)'\)/g)].map(match => ({
    path: match[1]!,
    offset: match.index,
  }))
}

/** Whether a file declares the name as a type only. */
export function declaresType(text: string, name: string): boolean {
  return new RegExp(`export\\s+(type|interface)\\s+${name.replaceAll('$', '\\$')}\\b`).test(text)
}
