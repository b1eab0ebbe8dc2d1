import { createRequire } from 'node:module'
import { setTimeout as delay } from 'node:timers/promises'
import type { GoogleSqlPackage } from './find-package.ts'
import { type ServiceProcess, startServiceProcess } from './service-process.ts'

/** What of gRPC is used; the package brings the libraries themselves. */
interface Grpc {
  loadPackageDefinition(definition: unknown): {
    readonly zetasql: {
      readonly local_service: { readonly ZetaSqlLocalService: new (...given: unknown[]) => Stub }
    }
  }
  readonly credentials: { createInsecure(): unknown }
}
interface ProtoLoader {
  loadSync(file: string, options: object): unknown
}
interface Protobuf {
  readonly util: { recursionLimit: number }
  readonly Reader: { recursionLimit: number }
}
type Stub = Readonly<Record<string, (...given: unknown[]) => void>> & {
  waitForReady(deadline: number, done: (error?: Error) => void): void
  close(): void
}

/** A call that failed: gRPC's code, and what the service says. */
export class ServiceFailure extends Error {
  override readonly name = 'ServiceFailure'
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message)
  }
}

const readyWithinMs = 30_000
const messageBytes = 1_000_000_000
const deepestMessage = 5_000

/** Google's local service of the GoogleSQL analyzer and evaluator: a process of ours, spoken to by gRPC. */
export class GoogleSqlService {
  private isStopped = false

  private constructor(
    private readonly process: ServiceProcess,
    private readonly stub: Stub,
    private readonly answerWithinMs: number,
  ) {}

  /**
   * Starts the program and waits until it answers; throws `ServiceFailure` where it does not. A call that takes longer than `answerWithinMs`
   * fails, and the program, which cannot be told to leave off, is ended.
   */
  static async start(found: GoogleSqlPackage, answerWithinMs: number): Promise<GoogleSqlService> {
    const grpc = found.require('@grpc/grpc-js') as Grpc
    const loader = found.require('@grpc/proto-loader') as ProtoLoader
    allowDeepMessages(found)
    const definition = loader.loadSync('local_service.proto', {
      keepCase: true,
      longs: String,
      enums: String,
      defaults: false,
      oneofs: true,
      includeDirs: [found.protos],
    })
    const Service = grpc.loadPackageDefinition(definition).zetasql.local_service.ZetaSqlLocalService
    const process = await startServiceProcess(found.program)
    const stub = new Service(`127.0.0.1:${process.port}`, grpc.credentials.createInsecure(), {
      'grpc.max_receive_message_length': messageBytes,
      'grpc.max_send_message_length': messageBytes,
      'grpc.initial_reconnect_backoff_ms': 20,
      'grpc.max_reconnect_backoff_ms': 100,
    })
    const service = new GoogleSqlService(process, stub, answerWithinMs)
    try {
      await Promise.race([service.ready(), process.gone.then(said => Promise.reject(notStarted(said)))])
    } catch (error) {
      service.stop()
      throw error
    }
    return service
  }

  get isGone(): boolean {
    return this.isStopped || this.process.isGone()
  }

  /** One call. Throws `ServiceFailure`, with code 14 where the process ended over it. */
  async call<Answer>(method: string, request: object): Promise<Answer> {
    try {
      return await new Promise<Answer>((resolve, reject) => {
        const deadline = Date.now() + this.answerWithinMs
        this.stub[method]!(request, { deadline }, (error: unknown, answer: Answer) =>
          error ? reject(error) : resolve(answer),
        )
      })
    } catch (error) {
      throw await this.failure(error as { readonly code?: number; readonly details?: string })
    }
  }

  stop(): void {
    this.isStopped = true
    this.stub.close()
    this.process.stop()
  }

  private ready(): Promise<void> {
    return new Promise((resolve, reject) =>
      this.stub.waitForReady(Date.now() + readyWithinMs, error =>
        error ? reject(notStarted(error.message)) : resolve(),
      ),
    )
  }

  private async failure(error: { readonly code?: number; readonly details?: string }): Promise<ServiceFailure> {
    const code = error.code ?? 2
    const said = error.details ?? String(error)
    if (code === 4) {
      this.stop()
      return new ServiceFailure(code, `no answer within ${this.answerWithinMs / 1000} seconds`)
    }
    if (code !== 14) return new ServiceFailure(code, said)
    // The connection breaks a moment before the process is known to have ended.
    const last = await Promise.race([this.process.gone, delay(1_000, '', { ref: false })])
    return new ServiceFailure(code, `Google's evaluator ended over the statement${last && `: ${firstLine(last)}`}`)
  }
}

/** The trees of long statements lie deeper in each other than the library reads by itself. */
function allowDeepMessages(found: GoogleSqlPackage): void {
  const requireAsLoader = createRequire(found.require.resolve('@grpc/proto-loader'))
  const protobuf = requireAsLoader('protobufjs') as Protobuf
  protobuf.util.recursionLimit = deepestMessage
  protobuf.Reader.recursionLimit = deepestMessage
}

const firstLine = (text: string): string => text.split('\n', 1)[0]!

function notStarted(said: string): ServiceFailure {
  return new ServiceFailure(14, `Google's analyzer does not start${said && `: ${said}`}`)
}
