package io.github.mbedtls4j.nativeloader.binding;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/** The one open library that every binding class is registered with. */
public final class LoadedLibrary {
  // Strongly held: JNA closes a library whose NativeLibrary object is collected.
  private static volatile NativeLibrary library;

  private LoadedLibrary() {}

  /** Called once by {@code MbedTls}, before any binding class is initialised. */
  public static void set(NativeLibrary opened) {
    library = opened;
  }

  /** Binds the native methods of a class to the C functions of the same names. */
  static void register(Class<?> binding) {
    Native.register(binding, library);
  }

  /** Whether the library exports a symbol. */
  public static boolean exports(String symbol) {
    try {
      return library.getGlobalVariableAddress(symbol) != null;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  /**
   * The address of a function or variable, for C code that takes function pointers.
   *
   * @throws UnsatisfiedLinkError if the library lacks it
   */
  public static long address(String symbol) {
    return Pointer.nativeValue(library.getGlobalVariableAddress(symbol));
  }

  /** Calls a C function by name: for the few calls that are not worth a bound method. */
  public static int invokeInt(String function, Object... arguments) {
    return library.getFunction(function).invokeInt(arguments);
  }
}
