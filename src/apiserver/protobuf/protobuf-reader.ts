// Reads the fields of one protobuf message in their order. Everything that does not fit the bytes
// throws RangeError.
// Source: protobuf.dev/programming-guides/encoding.

const VARINT = 0;
const FIXED64 = 1;
const DELIMITED = 2;
const FIXED32 = 5;
const VARINT_BYTES_MAX = 10;

export class ProtobufReader {
  /** Number of the field that `next` has found. */
  field = 0;
  private wireType = 0;
  private at = 0;

  constructor(private readonly input: Uint8Array) {}

  /** False at the end; else the field's value is to be read, or skipped, before the next call. */
  next(): boolean {
    if (this.at >= this.input.length) return false;
    const tag = this.varint();
    this.field = Number(tag >> 3n);
    this.wireType = Number(tag & 7n);
    return true;
  }

  /** A signed integer; 64 bits beyond what a number holds are rounded. */
  integer(): number {
    this.expect(VARINT);
    return Number(BigInt.asIntN(64, this.varint()));
  }

  double(): number {
    this.expect(FIXED64);
    const start = this.take(8);
    const { buffer, byteOffset } = this.input;
    return new DataView(buffer, byteOffset + start, 8).getFloat64(0, true);
  }

  bytes(): Uint8Array<ArrayBuffer> {
    this.expect(DELIMITED);
    const length = Number(this.varint());
    const start = this.take(length);
    return this.input.subarray(start, start + length) as Uint8Array<ArrayBuffer>;
  }

  text(): string {
    return new TextDecoder().decode(this.bytes());
  }

  skip(): void {
    if (this.wireType === VARINT) this.varint();
    else if (this.wireType === FIXED64) this.take(8);
    else if (this.wireType === FIXED32) this.take(4);
    else this.bytes();
  }

  private varint(): bigint {
    let value = 0n;
    for (let byte = 0; byte < VARINT_BYTES_MAX; byte++) {
      const part = this.input[this.take(1)];
      value |= BigInt(part & 0x7f) << BigInt(7 * byte);
      if (part < 0x80) return value;
    }
    throw new RangeError('a varint has at most ten bytes');
  }

  private expect(wireType: number): void {
    if (this.wireType !== wireType) throw new RangeError(`field ${this.field} has another type`);
  }

  /** Moves on; answers where it was. */
  private take(bytes: number): number {
    const start = this.at;
    if (start + bytes > this.input.length) throw new RangeError('the message ends too early');
    this.at += bytes;
    return start;
  }
}
