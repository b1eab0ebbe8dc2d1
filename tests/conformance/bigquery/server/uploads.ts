import { invalid } from './api-error.ts'
import { insertJob } from './jobs-api.ts'
import type { ApiAnswer, ApiRequest, Project } from './request.ts'

/** A load job with its file: https://cloud.google.com/bigquery/docs/reference/api-uploads */
export function startUpload(project: Project, request: ApiRequest): Promise<ApiAnswer> | ApiAnswer {
  const type = request.query.get('uploadType')
  if (type === 'multipart') {
    const [job, data] = multipart(request)
    return insertJob(project, { ...request, body: JSON.parse(job!.toString('utf8')) }, data)
  }
  if (type !== 'resumable') throw invalid(`Invalid upload type: ${type}`)
  const id = `upload-${project.uploads.size + 1}`
  project.uploads.set(id, { job: request.body, parts: [] })
  const location = `${project.address}/upload/bigquery/v2/projects/${project.store.project}/jobs?uploadType=resumable&upload_id=${id}`
  return { headers: { location }, body: {} }
}

/** The next piece of a resumable upload; with the last one the job runs. */
export async function goOnUploading(project: Project, request: ApiRequest): Promise<ApiAnswer> {
  const id = request.query.get('upload_id') ?? ''
  const upload = project.uploads.get(id)
  if (upload === undefined) throw invalid(`No upload ${id}`)
  upload.parts.push(request.raw)
  const data = Buffer.concat(upload.parts)
  const [, end, total] = /bytes \d+-(\d+)\/(\d+|\*)/.exec(String(request.headers['content-range'] ?? '')) ?? []
  const isWhole = total === undefined || (total !== '*' && Number(end) + 1 === Number(total))
  if (!isWhole) return { status: 308, headers: { range: `bytes=0-${data.length - 1}` }, body: {} }
  project.uploads.delete(id)
  return insertJob(project, { ...request, body: upload.job }, data)
}

/** The parts of a multipart/related body: the job, and the file. https://www.rfc-editor.org/rfc/rfc2387 */
function multipart({ raw, headers }: ApiRequest): readonly Buffer[] {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;]+))/.exec(String(headers['content-type'])) ?? []
  const delimiter = Buffer.from(`--${quoted ?? plain}`)
  const parts: Buffer[] = []
  for (let at = raw.indexOf(delimiter); at >= 0; ) {
    const next = raw.indexOf(delimiter, at + delimiter.length)
    if (next < 0) break
    const part = raw.subarray(at + delimiter.length, next)
    const body = part.indexOf('\r\n\r\n')
    parts.push(part.subarray(body + 4, part.length - 2))
    at = next
  }
  if (parts.length !== 2) throw invalid('A multipart upload has two parts')
  return parts
}
