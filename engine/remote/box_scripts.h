// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace patchbay {

// What runs on a machine before the worker is there: plain sh, fed to `/bin/sh -s -- FOLDER BUNDLE` on standard input, with nothing
// put into it. A relative FOLDER starts at the home folder. Answers are lines key=value between two marks.

inline constexpr std::string_view scriptBegin = "PATCHBAY-ANSWER-BEGIN\n", scriptEnd = "PATCHBAY-ANSWER-END";

inline constexpr std::string_view probeText = R"sh(
f=$1; b=$2
echo; echo PATCHBAY-ANSWER-BEGIN
echo "system=$(uname -s)"
echo "arch=$(uname -m)"
echo "host=$(uname -n)"
echo "glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null)"
echo "time=$(date +%s)"
mkdir -p "$f/pool" "$f/bin" 2>/dev/null
if [ -d "$f/pool" ] && [ -w "$f/pool" ]; then echo writable=yes; else echo writable=no; fi
echo "free_kb=$(df -Pk "$f" 2>/dev/null | awk 'NR==2{print $4}')"
[ -f "$f/bin/$b/complete" ] && echo worker=yes
m=
for t in tar gzip sha256sum awk; do command -v $t >/dev/null 2>&1 || m="$m $t"; done
echo "tools_missing=$m"
command -v sbatch >/dev/null 2>&1 && echo slurm=yes
for x in "$f"/pool/*; do [ -f "$x" ] && echo "pool=${x##*/}"; done
echo PATCHBAY-ANSWER-END
)sh";

/// Files that have arrived go into the pool when their bytes are what their names say.
inline constexpr std::string_view settleText = R"sh(
f=$1
echo; echo PATCHBAY-ANSWER-BEGIN
mkdir -p "$f/pool" "$f/incoming"
for x in "$f"/incoming/*; do
  [ -f "$x" ] || continue
  n=${x##*/}
  s=$(sha256sum < "$x"); s=${s%% *}
  if [ "$s" = "$n" ]; then chmod 755 "$x" && mv -f "$x" "$f/pool/$n"; else rm -f "$x"; fi
done
rm -rf "$f/incoming"
echo PATCHBAY-ANSWER-END
)sh";

/// With a third word, the version of the C library that the worker needs; followed by lines "digest path" and the end; makes
/// bin/BUNDLE of the pool. Its `start` decides each time, on the machine it runs on, whose C library is loaded: a cluster's nodes need
/// not be like its login node. The worker's own one never reaches the programs that it calls.
inline constexpr std::string_view placeText = R"sh(
f=$1; b=$2; t=$f/bin/.new-$b-$$
echo; echo PATCHBAY-ANSWER-BEGIN
mkdir -p "$t" || echo "error=no folder"
cat > "$t/start" <<'START'
#!/bin/sh
here=$(cd "${0%/*}" && pwd -P) || exit 1
read -r need < "$here/glibc"
have=$(getconf GNU_LIBC_VERSION 2>/dev/null)
have=${have#glibc }
case $have in [0-9]*.[0-9]*) ;; *) have=0.0 ;; esac
a=${have%%.*} b=${have#*.} c=${need%%.*} d=${need#*.}
b=${b%%[!0-9]*} d=${d%%[!0-9]*}
if [ "$a" -gt "$c" ] || { [ "$a" = "$c" ] && [ "$b" -ge "$d" ]; } || [ ! -f "$here/bin/ld-linux-x86-64.so.2" ]; then
  PATCHBAY_LIBRARY_PATH=$LD_LIBRARY_PATH
  LD_LIBRARY_PATH=$here/lib/patchbay${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  export PATCHBAY_LIBRARY_PATH LD_LIBRARY_PATH
  exec "$here/bin/patchbay-worker" "$@"
fi
libraries=$here/lib/patchbay:$here/lib/libc${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
exec "$here/bin/ld-linux-x86-64.so.2" --library-path "$libraries" "$here/bin/patchbay-worker" "$@"
START
echo "$3" > "$t/glibc"
chmod 755 "$t/start"
ok=yes
while read -r d p; do
  mkdir -p "$t/$(dirname "$p")"
  ln -f "$f/pool/$d" "$t/$p" 2>/dev/null || cp "$f/pool/$d" "$t/$p" || { ok=no; echo "error=$p is missing"; break; }
done <<'LIST'
)sh";
inline constexpr std::string_view placeEnd = R"sh(LIST
if [ $ok = yes ] && "$t/start" --help >/dev/null 2>"$t/said"; then
  touch "$t/complete"
  rm -rf "$f/bin/$b"
  mv "$t" "$f/bin/$b" && echo placed=yes
else
  [ $ok = yes ] && echo "error=$(head -c 300 "$t/said" | tr '\n' ' ')"
  rm -rf "$t"
fi
echo PATCHBAY-ANSWER-END
)sh";

}  // namespace patchbay
