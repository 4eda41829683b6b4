#!/usr/bin/env bash
#
# Builds libmbedtls4j.so, Mbed TLS 2.28 in one shared object, and puts it where JNA looks for it on the class path.
#
#   build-mbedtls.sh --output DIR [options]     writes DIR/<JNA prefix>/libmbedtls4j.so, mbedtls4j-native.properties
#                                               and Mbed TLS's licence
#   build-mbedtls.sh --programs DIR [options]   writes DIR/ssl_client2 and DIR/ssl_server2 (peers for interoperability
#                                               tests) and prints their paths
# Options:
#   --target NAME      host (default), linux-x86-64, linux-aarch64 or linux-arm (hard float)
#   --source PATH      an unpacked Mbed TLS 2.28 source tree, or a tarball of one
#   --cache DIR        default: ${XDG_CACHE_HOME:-$HOME/.cache}/mbedtls4j
#   --required BOOL    true: fail when no library can be made. Otherwise say so and succeed: the build goes on and the
#                      system's Mbed TLS is used at run time. Default: $MBEDTLS4J_NATIVE_REQUIRED, else false
# An option's empty value is its default.
#
# Without --source, the source is the distribution's own source package, if that is a 2.28; else upstream's release.
# Both, and what was built from them, are kept in the cache; delete it to look for a newer source package.

set -euo pipefail
export LC_ALL=C # one order of files and symbols everywhere
umask 022

readonly LIBRARY=libmbedtls4j.so
readonly PROPERTIES=mbedtls4j-native.properties
readonly LICENCE=mbedtls-LICENSE.txt
readonly PROGRAMS=(ssl_client2 ssl_server2)

# No LTO and no -march: with LTO gcc moves cpuid into AES's inner loop (100 times slower on a virtual machine), and one
# library must serve every CPU of the architecture. Calls inside the library are bound directly (protected).
readonly CFLAGS=(-O2 -fPIC -fvisibility=protected -ffunction-sections -fdata-sections
  -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -D_FILE_OFFSET_BITS=64)
# shellcheck disable=SC2054 # the commas are the linker option's
readonly HARDENING=(-Wl,-z,relro,-z,now -Wl,-z,noexecstack)
# shellcheck disable=SC2054
readonly LDFLAGS=(-shared "-Wl,-soname,$LIBRARY" -Wl,--gc-sections -Wl,-z,defs "${HARDENING[@]}")
readonly INCLUDES=(-Iinclude -Ilibrary -Itests/include -I3rdparty/everest/include -I3rdparty/everest/include/everest
  -I3rdparty/everest/include/everest/kremlib)

# Upstream's release, for machines whose distribution has no 2.28. The checksum is of the files' content
# (source_digest), because the hosting packs the same tag differently over time. Taken from Debian's signed 2.28.3-1.
readonly UPSTREAM_VERSION=2.28.3
readonly UPSTREAM_URL=https://github.com/Mbed-TLS/mbedtls/archive/refs/tags/v$UPSTREAM_VERSION.tar.gz
readonly UPSTREAM_DIGEST=acfe0c34d5d261476f9a98a473d3a7d22749172d17e93e677a6e1fd58493a2e4

# One function or more of each part that the Java side binds: a list of exports that lost a header is found here.
readonly MUST_EXPORT=(
  mbedtls_version_get_number mbedtls_version_check_feature mbedtls_strerror mbedtls_platform_zeroize
  mbedtls_md mbedtls_md_setup mbedtls_md_info_from_type mbedtls_cipher_setup mbedtls_cipher_info_from_type
  mbedtls_gcm_auth_decrypt mbedtls_ccm_encrypt_and_tag mbedtls_chachapoly_encrypt_and_tag mbedtls_cipher_cmac
  mbedtls_aria_setkey_enc mbedtls_nist_kw_wrap mbedtls_hkdf mbedtls_pkcs5_pbkdf2_hmac
  mbedtls_ctr_drbg_random mbedtls_entropy_func mbedtls_mutex_init mbedtls_mutex_lock
  mbedtls_mpi_exp_mod mbedtls_dhm_calc_secret mbedtls_rsa_import_raw mbedtls_pk_parse_key
  mbedtls_ecp_group_load mbedtls_ecp_curve_info_from_grp_id mbedtls_ecdsa_sign_det_ext mbedtls_ecdh_compute_shared
  mbedtls_ecjpake_setup mbedtls_x509_crt_parse_der mbedtls_x509_crt_verify_with_ca_cb mbedtls_x509_crt_profile_default
  mbedtls_ssl_handshake_step mbedtls_ssl_get_session_pointer mbedtls_ssl_session_save mbedtls_ssl_ticket_write
  mbedtls_ssl_ticket_parse mbedtls_ssl_cookie_write mbedtls_ssl_cookie_check mbedtls_ssl_conf_export_keys_ext_cb
  mbedtls_ssl_tls_prf mbedtls_ssl_set_cid mbedtls_ssl_conf_dtls_srtp_protection_profiles
  mbedtls_ssl_set_hs_ecjpake_password mbedtls_timing_set_delay mbedtls_timing_get_delay
  mbedtls_aes_self_test mbedtls_sha256_self_test mbedtls_ecp_self_test)

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly here
tried=()     # one line for each source that was no use, for the final message
work=        # scratch directory inside the cache, so that results move into place atomically
source_dir=  # set by find_source
compiler=    # set by find_compiler
prefix=      # JNA's resource prefix, set by find_compiler

main() {
  parse_arguments "$@"
  [[ $(uname -s) == Linux ]] || unable "this script makes Linux libraries; here is $(uname -s)."
  find_compiler
  open_cache

  local entry
  entry=$cache/native/$(cache_key)
  if ! is_complete "$entry"; then
    lock
    is_complete "$entry" || build_library "$entry"
  fi
  [[ -z $output ]] || install_library "$entry"
  [[ -z $programs ]] || install_programs "$entry"
}

parse_arguments() {
  output='' programs='' target=host given_source='' cache='' required=${MBEDTLS4J_NATIVE_REQUIRED:-false}
  while (($#)); do
    local name=$1 value
    case $name in
      -h | --help)
        sed -n '3,/^$/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
        exit 0
        ;;
      --*=*) value=${name#*=} name=${name%%=*} ;;
      *)
        (($# > 1)) || usage_error "$name needs a value"
        value=$2
        shift
        ;;
    esac
    shift
    case $name in
      --output) output=$value ;;
      --programs) programs=$value ;;
      --target) target=${value:-host} ;;
      --source) given_source=$value ;;
      --cache) cache=$value ;;
      --required) required=${value:-$required} ;;
      *) usage_error "unknown option $name" ;;
    esac
  done
  [[ -n $output$programs ]] || usage_error "give --output or --programs"
  [[ -z $given_source || -e $given_source ]] || usage_error "no such file or directory: $given_source"
  # Programs are asked for by name, so there is nothing to go on without.
  [[ -z $programs ]] || required=true
  cache=${cache:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/mbedtls4j}
}

# ---- messages ------------------------------------------------------------------------------------------------------

say() { printf 'mbedtls4j native: %s\n' "$*"; }

usage_error() {
  say "$* (see build-mbedtls.sh --help)" >&2
  exit 2
}

# Ends the script without a library.
unable() {
  local line
  {
    echo '----------------------------------------------------------------------------'
    say "NO BUNDLED LIBRARY: $1"
    for line in "${tried[@]}"; do
      echo "  - $line"
    done
    echo "  remedy: run ./quickstart, or install gcc and libc6-dev (to build the library) or libmbedtls14 (to use"
    echo "  the system's), or give Mbed TLS 2.28's source with -Dmbedtls4j.source=<directory or tarball>."
    if [[ $required != true ]]; then
      echo "  The build goes on; at run time only a system-wide Mbed TLS 2.28 can be used."
    fi
    echo '----------------------------------------------------------------------------'
  } >&2
  # A library left by an earlier build would hide the failure.
  [[ -z $output || -z $prefix ]] || rm -f "$output/$prefix"/{"$LIBRARY","$PROPERTIES","$LICENCE"}
  [[ $required == true ]] && exit 1
  exit 0
}

# ---- target, compiler ----------------------------------------------------------------------------------------------

# A target is named as JNA names its resource directory: <system>-<architecture>.
find_compiler() {
  if [[ $target == host ]]; then
    case $(uname -m) in
      x86_64) target=linux-x86-64 ;;
      aarch64) target=linux-aarch64 ;;
      armv[678]*) target=linux-arm ;;
      *) unable "there is no bundled library for $(uname -m); it can be added to find_compiler in $(basename "$0")." ;;
    esac
  fi
  local machine cross candidate
  case $target in
    linux-x86-64) machine='x86_64-*' cross=x86_64-linux-gnu-gcc ;;
    linux-aarch64) machine='aarch64-*' cross=aarch64-linux-gnu-gcc ;;
    linux-arm) machine='arm*-gnueabihf' cross=arm-linux-gnueabihf-gcc ;;
    *) usage_error "unknown target $target" ;;
  esac
  prefix=$target
  for candidate in gcc "$cross"; do
    # shellcheck disable=SC2053 # $machine is a pattern
    if command -v "$candidate" >/dev/null && [[ $("$candidate" -dumpmachine) == $machine ]]; then
      compiler=$candidate
      return
    fi
    tried+=("compiler $candidate: not found, or not for $target")
  done
  # Only gcc: clang makes CBC decryption seven times slower and is not known to keep padding checks constant-time.
  unable "no C compiler for $target."
}

compiler_version() { "$compiler" --version | head -n 1; }

# A binutils program of the compiler's target.
tool() { "$compiler" -print-prog-name="$1"; }

# ---- cache ---------------------------------------------------------------------------------------------------------

open_cache() {
  mkdir -p "$cache/native" "$cache/source" 2>/dev/null || unable "cannot write the cache directory $cache."
  cache=$(cd "$cache" && pwd)
}

# Everything that decides the library's content. Asking apt takes seconds, so the default source is known by name.
cache_key() {
  {
    sha256sum <"$here/build-mbedtls.sh"
    sha256sum <"$here/mbedtls4j_config.h"
    source_identity
    echo "$target"
    compiler_version
  } | sha256sum | cut -d ' ' -f 1
}

source_identity() {
  if [[ -z $given_source ]]; then
    # The distribution is part of it: a home directory may be shared by machines.
    # shellcheck source=/dev/null
    echo "default-$(. /etc/os-release 2>/dev/null && echo "${ID:-linux}-${VERSION_ID:-rolling}")"
  elif [[ -d $given_source ]]; then
    echo "directory-$(source_digest "$given_source")"
  else
    echo "tarball-$(sha256sum <"$given_source" | cut -d ' ' -f 1)"
  fi
}

# The content of all files that are compiled or copied, whatever they were packed in.
source_digest() {
  (
    cd "$1"
    find 3rdparty include library programs tests LICENSE -type f \( -name '*.[ch]' -o -name LICENSE \) -print0 2>/dev/null |
      sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1
  )
}

is_complete() {
  [[ -f $1/$PROPERTIES ]] &&
    [[ $(sed -n 's/^library.sha256=//p' "$1/$PROPERTIES") == "$(sha256sum <"$1/$LIBRARY" | cut -d ' ' -f 1)" ]]
}

# Two Maven builds may run at once: the second waits and finds the first one's result.
lock() {
  if command -v flock >/dev/null; then
    exec 9>"$cache/lock"
    flock 9
    rm -rf "$cache"/work.* # of killed builds
  fi
  work=$(mktemp -d "$cache/work.XXXXXX")
  trap 'rm -rf "$work"' EXIT
}

# Moves a finished directory into place.
publish() {
  rm -rf "$2"
  mv -T "$1" "$2"
}

# ---- source --------------------------------------------------------------------------------------------------------

find_source() {
  if [[ -n $given_source && -d $given_source ]]; then
    source_dir=$(cd "$given_source" && pwd)
    check_version "$source_dir" || unable "$given_source is not an Mbed TLS 2.28 source tree."
    return
  fi
  source_dir=$cache/source/$(source_identity)
  [[ ! -d $source_dir ]] || return 0
  if [[ -n $given_source ]]; then
    if ! unpack "$given_source" "$work/source" || ! check_version "$work/source"; then
      unable "$given_source is not a tarball of Mbed TLS 2.28's source."
    fi
  else
    source_from_distribution || source_from_upstream || unable "no source of Mbed TLS 2.28."
  fi
  publish "$work/source" "$source_dir"
}

check_version() {
  local version
  version=$(version_of "$1" 2>/dev/null) || true
  if [[ $version != 2.28.* ]]; then
    tried+=("version of the source: ${version:-none found}; 2.28.x is needed")
    return 1
  fi
}

version_of() { sed -n 's/^#define MBEDTLS_VERSION_STRING  *"\(.*\)"/\1/p' "$1/include/mbedtls/version.h"; }

# Unpacks a tarball that has one directory at the top, whatever its name.
unpack() {
  mkdir -p "$2"
  tar -xf "$1" -C "$2" --strip-components=1 --no-same-owner 2>"$work/tar.log"
}

# The distribution's source package, by an apt that has its lists and cache in the scratch directory: it needs no root
# and leaves the machine's apt as it is. apt checks the .dsc against the signed index; we check the files against it.
source_from_distribution() {
  local name
  for name in apt-get apt-cache tar xz; do
    if ! command -v "$name" >/dev/null; then
      tried+=("the distribution's source package: $name is missing")
      return 1
    fi
  done
  say "looking for the distribution's source of Mbed TLS ..."
  private_apt

  # Sources of third parties may fail; what matters is whether mbedtls is found.
  apt-get -c "$work/apt/apt.conf" -q update >"$work/apt/log" 2>&1 || true
  local versions version
  versions=$(apt-cache -c "$work/apt/apt.conf" showsrc --only-source mbedtls 2>>"$work/apt/log" |
    sed -n 's/^Version: //p' | sort -Vu)
  version=$(sed -n '/^\([0-9]*:\)\{0,1\}2\.28\./p' <<<"$versions" | tail -n 1)
  if [[ -z $version ]]; then
    if [[ -n $versions ]]; then
      tried+=("the distribution's source package: has ${versions//$'\n'/, }, not 2.28")
    else
      tried+=("the distribution's source package: apt finds none ($(grep -E '^(E|W):' "$work/apt/log" | head -n 1))")
    fi
    return 1
  fi
  if ! (cd "$work/apt/get" && apt-get -c "$work/apt/apt.conf" -q source --download-only --only-source \
    "mbedtls=$version" >>"$work/apt/log" 2>&1); then
    tried+=("the distribution's source package $version: $(grep '^E:' "$work/apt/log" | tail -n 1)")
    return 1
  fi
  unpack_source_package "$work/apt/get" || return 1
  say "source: the distribution's package mbedtls $version"
}

private_apt() {
  local apt=$work/apt file
  mkdir -p "$apt/sources" "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/get"
  # Hooks are for the machine's apt: one of them may delete its cached packages. Read after the machine's own
  # configuration, so that its proxy settings hold. The sandbox user could not write here.
  cat >"$apt/apt.conf" <<CONF
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "$apt/sources";
Dir::State::Lists "$apt/lists";
Dir::Cache "$apt/cache";
Acquire::AllowInsecureRepositories "false";
APT::Get::AllowUnauthenticated "false";
Acquire::Languages "none";
Acquire::Retries "3";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
CONF
  [[ $(id -u) != 0 ]] || echo 'APT::Sandbox::User "root";' >>"$apt/apt.conf"

  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [[ -r $file ]] || continue
    sed -nE '/^[[:space:]]*deb(-src)?[[:space:]]/{/cdrom:/d;s/^[[:space:]]*deb(-src)?/deb-src/;p}' "$file"
  done | sort -u >"$apt/sources/lines.list"

  # deb822: paragraphs of fields; Signed-By may go on over several lines. Disabled paragraphs are left out.
  for file in /etc/apt/sources.list.d/*.sources; do
    [[ -r $file ]] || continue
    awk 'BEGIN { RS = ""; FS = "\n" }
      {
        paragraph = ""; enabled = 1
        for (i = 1; i <= NF; i++) {
          field = tolower($i)
          if (field ~ /^#/) continue
          if (field ~ /^types:/) { paragraph = paragraph "Types: deb-src\n"; continue }
          if (field ~ /^enabled:[ \t]*(no|false|0|off|without|disable)[ \t]*$/) enabled = 0
          paragraph = paragraph $i "\n"
        }
        if (enabled && paragraph != "") print paragraph
      }' "$file" >"$apt/sources/$(basename "$file")"
  done
}

# Unpacks a Debian source package without dpkg-dev, which a machine that only builds Java seldom has.
unpack_source_package() {
  local dir=$1 dsc patches debian=$work/debian name
  dsc=$(echo "$dir"/mbedtls_*.dsc)
  if ! (cd "$dir" && awk '/^Checksums-Sha256:/ { on = 1; next } /^[^ ]/ { on = 0 } on { print $1 "  " $3 }' "$dsc" |
    sha256sum --check --strict --quiet >&2); then
    tried+=("the distribution's source package: a file does not match its checksum")
    return 1
  fi
  unpack "$(echo "$dir"/mbedtls_*.orig.tar.*[^c])" "$work/source"
  if compgen -G "$dir/mbedtls_*.debian.tar.*" >/dev/null; then
    unpack "$(echo "$dir"/mbedtls_*.debian.tar.*)" "$debian"
    patches=$(sed -e 's/[[:space:]]*#.*//' -e '/^[[:space:]]*$/d' "$debian/patches/series" 2>/dev/null) || true
    if [[ -n $patches ]] && ! command -v patch >/dev/null; then
      tried+=("the distribution's source package: has patches, and the patch command is missing")
      return 1
    fi
    for name in $patches; do
      if ! patch -d "$work/source" -p1 --quiet --force <"$debian/patches/$name"; then
        tried+=("the distribution's source package: $name does not apply")
        return 1
      fi
    done
  fi
  check_version "$work/source"
}

source_from_upstream() {
  rm -rf "$work/source"
  local fetch
  if command -v curl >/dev/null; then
    fetch=(curl -fsSL --connect-timeout 20 --retry 3 -o)
  elif command -v wget >/dev/null; then
    fetch=(wget -q -T 20 -t 4 -O)
  else
    tried+=("$UPSTREAM_URL: neither curl nor wget is there")
    return 1
  fi
  say "fetching Mbed TLS $UPSTREAM_VERSION from upstream ..."
  if ! "${fetch[@]}" "$work/upstream.tar.gz" "$UPSTREAM_URL" 2>"$work/upstream.log"; then
    tried+=("$UPSTREAM_URL: $(head -n 1 "$work/upstream.log")")
    return 1
  fi
  if ! unpack "$work/upstream.tar.gz" "$work/source"; then
    tried+=("$UPSTREAM_URL: not a tarball")
    return 1
  fi
  if [[ $(source_digest "$work/source") != "$UPSTREAM_DIGEST" ]]; then
    tried+=("$UPSTREAM_URL: its content does not match the pinned checksum")
    return 1
  fi
}

# ---- library -------------------------------------------------------------------------------------------------------

build_library() {
  find_source
  local result=$work/result
  mkdir -p "$result"
  say "compiling Mbed TLS $(version_of "$source_dir") for $target with $(compiler_version) ..."

  if ! compile_all "$work/objects" 'library/*.c 3rdparty/everest/library/everest.c
    3rdparty/everest/library/x25519.c 3rdparty/everest/library/Hacl_Curve25519_joined.c' 2>"$work/compile.log"; then
    head -n 40 "$work/compile.log" >&2
    unable "the source in $source_dir does not compile (above)."
  fi
  # Deterministic archive (D), for the programs.
  "$(tool ar)" rcsD "$result/libmbedtls4j.a" "$work"/objects/*.o

  list_exports >"$work/exports"
  {
    echo '{ global:'
    sed 's/$/;/' "$work/exports"
    echo 'local: *; };'
  } >"$work/exports.map"
  if ! "$compiler" "${CFLAGS[@]}" "${LDFLAGS[@]}" -Wl,--version-script="$work/exports.map" \
    -o "$result/$LIBRARY" "$work"/objects/*.o -lpthread 2>"$work/link.log"; then
    head -n 40 "$work/link.log" >&2
    unable "the library does not link (above)."
  fi
  "$(tool strip)" --strip-unneeded "$result/$LIBRARY"
  check_exports "$result/$LIBRARY"
  cp "$source_dir/LICENSE" "$result/$LICENCE"
  describe "$result/$LIBRARY" >"$result/$PROPERTIES"
  publish "$result" "$1"
}

# Compiles the files that match the patterns, relative to the source directory: __FILE__ holds no path of this machine.
compile_all() {
  local objects=$1 flags=("${CFLAGS[@]}" "-ffile-prefix-map=$source_dir=mbedtls" "-ffile-prefix-map=$here=mbedtls4j"
    '-DMBEDTLS_USER_CONFIG_FILE="mbedtls4j_config.h"' "-I$here" "${INCLUDES[@]}")
  shift
  mkdir -p "$objects"
  # shellcheck disable=SC2016,SC2048,SC2086 # the inner shell expands its own; patterns are to be expanded here
  (cd "$source_dir" && printf '%s\0' $* |
    xargs -0 -P "$(nproc)" -I '{}' sh -c \
      'file=$1 object=$2/$(echo "$1" | tr / _).o; shift 2; exec "$@" -c "$file" -o "$object"' \
      sh '{}' "$objects" "$compiler" "${flags[@]}")
}

# What the library defines and the public headers name. This catches variables and functions declared through a typedef.
# compat-1.3.h is left out because it names internal functions too.
list_exports() {
  comm -12 \
    <("$(tool nm)" --extern-only --defined-only "$work"/objects/*.o | awk '$3 ~ /^mbedtls_/ { print $3 }' | sort -u) \
    <(find "$source_dir/include/mbedtls" -name '*.h' ! -name '*_internal.h' ! -name compat-1.3.h -exec cat {} + |
      grep -oE '\bmbedtls_[A-Za-z0-9_]+' | sort -u)
}

check_exports() {
  local missing
  missing=$(comm -13 \
    <("$(tool nm)" --dynamic --defined-only "$1" | awk '{ print $3 }' | sort -u) \
    <({
      printf '%s\n' "${MUST_EXPORT[@]}"
      # Self tests that were compiled are to be reachable.
      "$(tool nm)" --extern-only --defined-only "$work"/objects/*.o | awk '{ print $3 }' |
        grep -E '^mbedtls_.*_self_test$'
    } | sort -u))
  [[ -z $missing ]] || unable "the library lacks ${missing//$'\n'/, }."
}

# No dates and no paths: equal inputs give an equal file.
describe() {
  echo "mbedtls.version=$(version_of "$source_dir")"
  echo "source.sha256=$(source_digest "$source_dir")"
  echo "target=$target"
  echo "compiler=$(compiler_version)"
  echo "cflags=${CFLAGS[*]}"
  echo "ldflags=${LDFLAGS[*]}"
  # +OPTION is defined, -OPTION is undefined, on top of Mbed TLS's default configuration.
  echo "config=$(sed -nE -e 's/^#define (MBEDTLS_)/+\1/p' -e 's/^#undef (MBEDTLS_)/-\1/p' "$here/mbedtls4j_config.h" | paste -sd ' ')"
  echo "library.sha256=$(sha256sum <"$1" | cut -d ' ' -f 1)"
}

# Says nothing and changes no file when the directory is up to date.
install_library() {
  local directory=$output/$prefix file changed=
  mkdir -p "$directory"
  for file in "$LIBRARY" "$PROPERTIES" "$LICENCE"; do
    cmp -s "$1/$file" "$directory/$file" && continue
    cp "$1/$file" "$directory/$file.new"
    mv "$directory/$file.new" "$directory/$file"
    changed=true
  done
  [[ -z $changed ]] ||
    say "$prefix/$LIBRARY: Mbed TLS $(sed -n 's/^mbedtls.version=//p' "$1/$PROPERTIES"), $(wc -c <"$1/$LIBRARY") bytes"
}

# ---- programs ------------------------------------------------------------------------------------------------------

install_programs() {
  local entry=$1 program
  if [[ ! -d $entry/programs ]]; then
    [[ -n $work ]] || lock
    [[ -d $entry/programs ]] || build_programs "$entry"
  fi
  mkdir -p "$programs"
  for program in "${PROGRAMS[@]}"; do
    cmp -s "$entry/programs/$program" "$programs/$program" || cp "$entry/programs/$program" "$programs/$program"
    echo "$programs/$program"
  done
}

build_programs() {
  local result=$work/programs program
  find_source
  say "compiling ${PROGRAMS[*]} ..."
  if ! compile_all "$work/program-objects" 'programs/ssl/ssl_client2.c programs/ssl/ssl_server2.c
    programs/ssl/ssl_test_lib.c programs/test/query_config.c tests/src/*.c tests/src/drivers/*.c' 2>"$work/compile.log"; then
    head -n 40 "$work/compile.log" >&2
    unable "the programs in $source_dir do not compile (above)."
  fi
  mkdir "$result"
  for program in "${PROGRAMS[@]}"; do
    "$compiler" "${CFLAGS[@]}" "${HARDENING[@]}" -pie -Wl,--gc-sections -o "$result/$program" \
      "$work/program-objects/programs_ssl_$program.c.o" "$work"/program-objects/programs_ssl_ssl_test_lib.c.o \
      "$work"/program-objects/{programs_test,tests}_*.o "$1/libmbedtls4j.a" -lpthread
  done
  publish "$result" "$1/programs"
}

main "$@"
