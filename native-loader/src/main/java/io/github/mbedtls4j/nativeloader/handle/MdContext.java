package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Md;

/** A running digest: {@code mbedtls_md_context_t}. */
public final class MdContext extends NativeHandle {
  private final Hash hash;

  /** Starts a digest. */
  public MdContext(Hash hash) {
    super(ContextType.MD, Md::mbedtls_md_init, Md::mbedtls_md_free);
    this.hash = hash;
    call("mbedtls_md_setup", ctx -> Md.mbedtls_md_setup(ctx, hash.info(), 0));
    start();
  }

  /** The digest in use. */
  public Hash hash() {
    return hash;
  }

  /** Forgets the message so far. */
  public void start() {
    call("mbedtls_md_starts", Md::mbedtls_md_starts);
    if (hash.isSha512t()) {
      status(
          ctx -> {
            Sha512t.start(ctx, hash);
            return 0;
          });
    }
  }

  /** Adds bytes to the message. */
  public void update(byte[] source, int offset, int length) {
    int at = 0;
    while (at < length) {
      int size = Math.min(NativeBuffer.CHUNK, length - at);
      try (NativeBuffer in = NativeBuffer.of(source, offset + at, size)) {
        call("mbedtls_md_update", ctx -> Md.mbedtls_md_update(ctx, in.address(), size));
      }
      at += size;
    }
  }

  /** Ends the message and returns its digest; {@link #start} begins the next one. */
  public byte[] finish() {
    try (NativeBuffer out = NativeBuffer.allocate(Hash.SHA512.length())) {
      call("mbedtls_md_finish", ctx -> Md.mbedtls_md_finish(ctx, out.address()));
      return out.bytes(0, hash.length());
    }
  }

  /** Takes over the state of another digest of the same kind. */
  public void copyFrom(MdContext other) {
    call(
        "mbedtls_md_clone",
        target -> other.call("mbedtls_md_clone", ctx -> Md.mbedtls_md_clone(target, ctx)));
  }

  /** A second digest that has seen the same message so far. */
  public MdContext copy() {
    MdContext copy = new MdContext(hash);
    copy.copyFrom(this);
    return copy;
  }
}
