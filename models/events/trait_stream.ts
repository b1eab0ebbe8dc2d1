import { key, shape, text, timestamp } from 'throughline'

export const trait_stream = shape({
  description:
    'What a system knows of a person besides what they did: name, language, company. A model of these columns, one row per record and trait, joins those of all others.',
  columns: {
    record_id: key('The record that says it, unique over all systems: hubspot:contact:123'),
    system: text('The system that keeps it, as in the config: hubspot'),
    identifier_kind: text('By what the person is known there, as crm_id'),
    identifier_value: text('The identifier as the system has it'),
    trait: key('What is told, as first_name, country, company, job_title, language, accepts_marketing'),
    trait_value: text('What it is; NULL where it is not known').nullable(),
    told_at: timestamp('Since when the record has its present content, UTC: of several, the latest counts'),
  },
})
