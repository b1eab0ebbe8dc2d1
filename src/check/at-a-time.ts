/** What `work` makes of each item, in the items' order; so many are worked on at a time. */
export async function atATime<Item, Made>(
  count: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Made>,
): Promise<readonly Made[]> {
  const made: Made[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const at = next++
      made[at] = await work(items[at]!)
    }
  }
  await Promise.all(Array.from({ length: count }, worker))
  return made
}
