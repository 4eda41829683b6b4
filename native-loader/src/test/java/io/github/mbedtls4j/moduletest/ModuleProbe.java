package io.github.mbedtls4j.moduletest;

import io.github.mbedtls4j.nativeloader.MbedTls;

/** Main of a child JVM: uses the module from outside, in a package of another name. */
public final class ModuleProbe {
  private ModuleProbe() {}

  public static void main(String[] arguments) {
    System.out.println(MbedTls.class.getModule() + " " + MbedTls.version());
  }
}
