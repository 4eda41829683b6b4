package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Md;
import io.github.mbedtls4j.nativeloader.binding.Pkcs5;

/** A running digest: {@code mbedtls_md_context_t}. */
public final class MdContext extends NativeHandle {
  private final Hash hash;

  /** Starts a digest. */
  public MdContext(Hash hash) {
    this(hash, 0);
    start();
  }

  private MdContext(Hash hash, int hmac) {
    super(ContextType.MD, Md::mbedtls_md_init, Md::mbedtls_md_free);
    this.hash = hash;
    call("mbedtls_md_setup", ctx -> Md.mbedtls_md_setup(ctx, hash.info(), hmac));
  }

  /** A context for functions of the library that compute HMAC, not for SHA-512/t. */
  static MdContext forHmac(Hash hash) {
    return new MdContext(hash, 1);
  }

  /** PBKDF2 on a context {@link #forHmac}. */
  byte[] pbkdf2(byte[] password, byte[] salt, int iterations, int length) {
    try (NativeBuffer p = NativeBuffer.of(password);
        NativeBuffer s = NativeBuffer.of(salt);
        NativeBuffer out = NativeBuffer.allocate(length)) {
      call(
          "mbedtls_pkcs5_pbkdf2_hmac",
          ctx ->
              Pkcs5.mbedtls_pkcs5_pbkdf2_hmac(
                  ctx,
                  p.address(),
                  password.length,
                  s.address(),
                  salt.length,
                  iterations,
                  length,
                  out.address()));
      return out.bytes(0, length);
    }
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
