package io.github.mbedtls4j.provider.internal.rsa;

/** The data is the number. */
record NoRsaPadding(int length) implements RsaPadding {
  @Override
  public int maxData() {
    return length;
  }

  @Override
  public byte[] pad(byte[] data) {
    byte[] number = new byte[length];
    System.arraycopy(data, 0, number, length - data.length, data.length);
    return number;
  }

  @Override
  public byte[] unpad(byte[] number) {
    return number.clone();
  }
}
