/** Whether a text matches a pattern in which `*` stands for any characters and `?` for one. */
export function matchesGlob(pattern: string, text: string): boolean {
  return new RegExp(`^${regexOf(pattern, '.')}$`, 's').test(text)
}

/** Whether a path, or a folder above it, matches a pattern. Here `*` and `?` stay within one folder, and `**` crosses folders. */
export function matchesPath(pattern: string, path: string): boolean {
  const plain = pattern.replace(/^\.\//, '').replace(/\/+$/, '')
  return new RegExp(`^${regexOf(plain, '[^/]')}(?:/.*)?$`, 's').test(path)
}

function regexOf(pattern: string, one: string): string {
  return pattern.replaceAll(/\*\*\/|\*\*|\*|\?|[^*?]/gs, found => {
    if (found === '**/') return '(?:.*/)?'
    if (found === '**') return '.*'
    if (found === '*') return `${one}*`
    if (found === '?') return one
    return found.replaceAll(/[.+^${}()|[\]\\/]/g, '\\$&')
  })
}
