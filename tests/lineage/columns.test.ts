import { beforeAll, describe, expect, it } from 'vitest'
import { columnLineage } from '../../src/compile/lineage/columns.ts'
import { readyParser } from '../../src/compile/portable/parse.ts'

beforeAll(readyParser)

const relations = {
  'events.page_views': ['view_id', 'person_id', 'viewed_at', 'page_path'],
  'profiles.people': ['person_id', 'email', 'country'],
  'sales.orders': ['order_id', 'person_id', 'ordered_at', 'amount'],
}

/** `column <- relation.column, …`, a line a column. */
function lineage(sql: string): string[] {
  return [...columnLineage(sql, relations)].map(([name, sources]) => {
    return `${name} <- ${sources.map(({ relation, column }) => `${relation}.${column}`).join(', ')}`
  })
}

describe('the lineage of columns', () => {
  it('follows plain and renamed columns to their relation', () => {
    expect(lineage('select view_id, v.viewed_at as seen_at from events.page_views as v')).toEqual([
      'view_id <- events.page_views.view_id',
      'seen_at <- events.page_views.viewed_at',
    ])
  })

  it('gathers every column of an expression, and none for a constant or count(*)', () => {
    const sql = `select case when amount > 0 then order_id else 'free' end as label, 1 as one, count(*) as order_count,
      tl_macro_daysBetween(min(ordered_at), max(ordered_at)) as days
      from sales.orders group by order_id`
    expect(lineage(sql)).toEqual([
      'label <- sales.orders.amount, sales.orders.order_id',
      'one <- ',
      'order_count <- ',
      'days <- sales.orders.ordered_at',
    ])
  })

  it('counts a window: what it partitions and orders by makes the value', () => {
    const sql = `select row_number() over (partition by person_id order by viewed_at, view_id) as visit_number
      from events.page_views`
    expect(lineage(sql)).toEqual([
      'visit_number <- events.page_views.person_id, events.page_views.view_id, events.page_views.viewed_at',
    ])
  })

  it('does not count joins, filters and groups', () => {
    const sql = `select p.country, sum(o.amount) as revenue
      from sales.orders as o join profiles.people as p on p.person_id = o.person_id
      where o.ordered_at is not null and exists (select 1 from events.page_views as v where v.person_id = o.person_id)
      group by p.country`
    expect(lineage(sql)).toEqual(['country <- profiles.people.country', 'revenue <- sales.orders.amount'])
  })

  it('finds the table of a column that is written without one', () => {
    const sql = 'select email, amount from sales.orders as o join profiles.people as p on p.person_id = o.person_id'
    expect(lineage(sql)).toEqual(['email <- profiles.people.email', 'amount <- sales.orders.amount'])
  })

  it('goes through CTEs that read one another, and subqueries in from', () => {
    const sql = `with orders as (select person_id, amount * 2 as doubled from sales.orders),
      totals as (select person_id, sum(doubled) as total from orders group by person_id)
      select q.person_id, q.total + length(q.email) as mixed
      from (select t.person_id, t.total, p.email from totals as t join profiles.people as p on p.person_id = t.person_id) as q`
    expect(lineage(sql)).toEqual([
      'person_id <- sales.orders.person_id',
      'mixed <- profiles.people.email, sales.orders.amount',
    ])
  })

  it('prefers a CTE to a relation of the same name, and an inner CTE to an outer', () => {
    const sql = `with u as (select email as a from profiles.people)
      select a from (with u as (select country as a from profiles.people) select a from u) as q
      union all select a from u`
    expect(lineage(sql)).toEqual(['a <- profiles.people.country, profiles.people.email'])
  })

  it('joins the branches of a union all by position, under the names of the first', () => {
    const sql = `select person_id as who, viewed_at as at_time from events.page_views
      union all select person_id, ordered_at from sales.orders
      union all select email, null from profiles.people`
    expect(lineage(sql)).toEqual([
      'who <- events.page_views.person_id, profiles.people.email, sales.orders.person_id',
      'at_time <- events.page_views.viewed_at, sales.orders.ordered_at',
    ])
  })

  it('opens stars', () => {
    expect(lineage('with u as (select * from profiles.people) select * from u')).toEqual([
      'person_id <- profiles.people.person_id',
      'email <- profiles.people.email',
      'country <- profiles.people.country',
    ])
    expect(lineage('select p.*, o.amount from sales.orders as o cross join profiles.people as p')).toEqual([
      'person_id <- profiles.people.person_id',
      'email <- profiles.people.email',
      'country <- profiles.people.country',
      'amount <- sales.orders.amount',
    ])
    expect(lineage('select * exclude (email) from profiles.people')).toEqual([
      'person_id <- profiles.people.person_id',
      'country <- profiles.people.country',
    ])
  })

  it('follows a subquery as a value, its columns of the query around it too', () => {
    const sql =
      'select (select max(o.amount + length(p.email)) from sales.orders as o) as most from profiles.people as p'
    expect(lineage(sql)).toEqual(['most <- profiles.people.email, sales.orders.amount'])
  })

  it('follows columns within a comparison that is an argument', () => {
    expect(lineage("select tl_macro_anyTrue(country = 'de') as has_german from profiles.people")).toEqual([
      'has_german <- profiles.people.country',
    ])
  })

  it('takes the first branch of a recursive CTE', () => {
    const sql = `with recursive steps as (
        select order_id as id, 1 as step from sales.orders union all select id, step + 1 from steps where step < 3
      ) select id, step from steps`
    expect(lineage(sql)).toEqual(['id <- sales.orders.order_id', 'step <- '])
  })

  it('gives nothing for what it cannot follow, and does not throw', () => {
    expect(lineage('select a, u.b as c, nope.d from unknown.things as u')).toEqual(['a <- ', 'c <- ', 'd <- '])
    expect(lineage('select missing from profiles.people')).toEqual(['missing <- '])
    expect(lineage('select a from tl_macro_days(1, 2) as d')).toEqual(['a <- '])
    expect(lineage('select * from unknown.things')).toEqual([])
    expect(lineage('this is no query')).toEqual([])
    expect(lineage('create table x as select 1')).toEqual([])
  })

  it('reads a rendering for an engine as well', () => {
    expect(lineage('select safe_cast(email as int64) as e, [country][offset(0)] as c from profiles.people')).toEqual([
      'e <- profiles.people.email',
      'c <- profiles.people.country',
    ])
  })
})
