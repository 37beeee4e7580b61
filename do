#!/bin/sh
# Sets this folder up, then runs something in it. `./do help` says what.
#
# How it works
#   .venv-run-KEY   a Python environment with what publishing needs; .venv-test-KEY has the test tools too.
#                   KEY comes from pyproject.toml, the lock file and this folder's path, so a changed
#                   dependency or a moved folder gives a new environment, and the old one is never half changed.
#                   Each is made in its final place (its scripts carry its path) and counts only once its file
#                   `complete` is there. That file is written last: what a killed run leaves is thrown away.
#   .venv           a link to the newest of them, for people (`. .venv/bin/activate`). `rm .venv` and the
#                   next run makes everything afresh.
#   .venv-system-*  the system packages that were there when we last looked. Void once dpkg changed anything.
#   .venv-lock      held by the kernel while one run sets up. The kernel frees it when the last process of that
#                   run is gone, so a killed run leaves no stale lock, and a pip that outlived it is waited for.
#
# When everything is in place, a run reads these files and becomes Python: no apt, no dpkg, no pip.
# Needs only POSIX sh and what every Debian has. The macOS part is written but untested.
set -eu
unset CDPATH PYTHONHOME PYTHONPATH

asked="./do $*"
case $0 in */*) cd -P -- "${0%/*}/" ;; esac
root=$(pwd -P)
log=.venv-setup.log
step_log=.venv-step.log

help() {
  cat <<'HELP'
Usage: ./do COMMAND [ARGUMENTS]

  publish [...]   make every leaflet in every language (./do publish --locale es)
  test            make every leaflet, then run all tests
  test --fast     run the tests that lay out no page: half a minute
  test ...        run some tests (./do test -k arabic)
  cover [...]     run the tests and measure which lines they run: slower
  fuzz [...]      draw inputs for all that reads a file (10,000 of each kind; --share: as many as fit three minutes)
  lint            run ruff and mypy over the code, and linters over the scripts, the action and the hooks
  lock            write the lock files in .ci/ anew from pyproject.toml
  sbom [FILE]     list the locked Python packages as CycloneDX JSON (build/sbom.cdx.json)
  licences        write docs/licences.md, the licences of the locked packages
  help            show this text
  anything else   goes to publish.py as it is (./do check, ./do status, ./do doctor)

Every command first installs what is missing. You can stop it at any time and run it again.
To start afresh: rm -r .venv

Exit codes: 0 good; 1 something was found; 2 wrong usage; 3 something is missing on this computer.
Settings:   PLAINLEAF_PYTHON=/path/to/python3 uses that Python (3.11 or newer).
HELP
}

# To stderr, because stdout belongs to publish.py (--json and the like).
say() { printf '%s\n' "$@" >&2; }

# fail WHAT NEXT: says what went wrong, shows the end of the log, says what to do next.
fail() {
  say "" "$1"
  if [ -s "$step_log" ]; then
    say "The last lines of $log:"
    tail -n 20 "$step_log" | sed 's/^/  | /' >&2
  fi
  say "$2"
  exit 3
}

# step COMMAND...: runs it with its output in the log. $step_log holds the latest step alone.
step() {
  code=0
  printf '$ %s\n' "$*" >>"$log"
  "$@" </dev/null >"$step_log" 2>&1 || code=$?
  cat "$step_log" >>"$log"
  return "$code"
}

# lock FD MODE: s shared, x exclusive, xn exclusive without waiting. macOS has no flock command, but has perl.
lock() {
  if command -v flock >/dev/null 2>&1; then
    case $2 in s) flock -s "$1" ;; x) flock -x "$1" ;; xn) flock -x -n "$1" ;; esac
  else
    case $2 in s) set -- "$1" 1 ;; x) set -- "$1" 2 ;; xn) set -- "$1" 6 ;; esac
    perl -e 'open(my $f, "<&=", $ARGV[0]) or exit 2; exit(flock($f, $ARGV[1]) ? 0 : 1)' "$1" "$2"
  fi
}

# ---- System packages ----

on_mac() { [ "$(uname -s)" = Darwin ]; }

# asks_braille: whether the settings, or the command, ask for files in braille.
asks_braille() {
  case $asked in *[\ =]braille | *[\ =]braille\ *) return 0 ;; esac
  grep -Eqs "[\"']braille[\"']" plainleaf.toml pyproject.toml
}

# wanted KIND: the Debian packages needed, besides Python.
wanted() {
  list="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core"
  for folder in locales/zh* locales/yue* locales/ja* locales/ko*; do
    if [ -d "$folder" ]; then
      list="$list fonts-noto-cjk"
      break
    fi
  done
  [ "$1" = run ] || list="$list gettext poppler-utils"
  [ "$1" = run ] || [ -z "${CI-}" ] || list="$list chromium" # large: without it a user's test is skipped
  if [ "$1" != run ] || [ -e allowed_signers ]; then list="$list openssh-client"; fi # signatures are verified
  if [ "$1" != run ] || asks_braille; then list="$list liblouis20 liblouis-data"; fi
  printf '%s\n' "$list"
}

# missing PACKAGE...: those that are not fully installed.
missing() {
  # shellcheck disable=SC2016 # ${...} is dpkg-query's own syntax
  have=$(dpkg-query -W -f='${Package}=${Status}\n' "$@" 2>/dev/null || :)
  for package; do
    case "
$have
" in
      *"
$package=install ok installed
"*) ;;
      *) printf ' %s' "$package" ;;
    esac
  done
}

system_ready() {
  stamp=.venv-system-$1
  [ -f "$stamp" ] && IFS= read -r stamped <"$stamp" && [ "$stamped" = "$(wanted "$1")" ] &&
    [ -z "$(find "${DPKG_ADMINDIR:-/var/lib/dpkg}/status" -newer "$stamp" 2>/dev/null)" ]
}

# Sets $python to a Python that can make an environment. The answer is its true path: the Python found may
# belong to an environment that is about to be made anew.
find_python() {
  # shellcheck disable=SC2086 # the default is a list of words
  if [ -n "${PLAINLEAF_PYTHON-}" ]; then
    set -- "$PLAINLEAF_PYTHON"
  else
    set -- python3 /usr/bin/python3 python3.13 python3.12 python3.11
  fi
  for python; do
    if python=$("$python" -c '
import sys
if sys.version_info < (3, 11):
    sys.exit(1)
import ensurepip, ssl, venv, zlib
print(getattr(sys, "_base_executable", None) or sys.executable)' 2>/dev/null </dev/null); then
      return 0
    fi
  done
  python=
  return 1
}

no_python() {
  if [ -n "${PLAINLEAF_PYTHON-}" ]; then
    say "PLAINLEAF_PYTHON is $PLAINLEAF_PYTHON, but that is not a Python 3.11 or newer with venv and pip."
  else
    say "Python 3.11 or newer, with venv, was not found."
    say "Install one and name it: PLAINLEAF_PYTHON=/path/to/python3 $asked"
  fi
  exit 3
}

# as_root COMMAND...: only called once we know that we may.
as_root() {
  # The lock is not handed on: a service started by a package would hold it for ever.
  if [ "$(id -u)" = 0 ]; then "$@" 9>&-; else sudo -n "$@" 9>&-; fi
}

apt() {
  as_root env LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get -q -y \
    -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 -o Dpkg::Options::=--force-confold "$@"
}

# What a killed apt-get or dpkg leaves: packages that wait to be configured, and half-unpacked ones, which must be
# unpacked again before what they hold up can be configured.
repair_packages() {
  step as_root env LC_ALL=C DEBIAN_FRONTEND=noninteractive dpkg --force-confold --configure -a || :
  # shellcheck disable=SC2016 # ${...} is dpkg-query's own syntax
  broken=$(dpkg-query -W -f='${db:Status-Eflag} ${binary:Package}\n' | sed -n 's/^reinstreq //p')
  # shellcheck disable=SC2086 # a list of package names
  [ -z "$broken" ] || step apt install --reinstall $broken || :
  step apt --fix-broken install || :
}

# repaired_apt ARGUMENTS...: apt-get, which also repairs what was interrupted earlier, and waits for another one
# at work (apt-get by itself waits for dpkg's lock, but not for its own two).
repaired_apt() {
  waits=0
  repairs=0
  until step apt "$@"; do
    if grep -Eq '(Could not get|Unable to) lock' "$step_log"; then
      if [ "$waits" -ge 60 ] || grep -q '/var/lib/dpkg/lock' "$step_log"; then return 1; fi
      [ "$waits" -gt 0 ] || say "Another installer is at work. Waiting for it ..."
      waits=$((waits + 1))
      sleep 5
    elif [ "$repairs" -lt 2 ] && { grep -q 'dpkg was interrupted' "$step_log" || [ -n "$(dpkg --audit)" ]; }; then
      say "An earlier installation was interrupted. Repairing it ..."
      repairs=$((repairs + 1))
      repair_packages
    else
      return 1
    fi
  done
}

# install_debian KIND: makes sure of the system packages, and of a Python if there is to be a new environment.
install_debian() {
  # shellcheck disable=SC2046 # a list of package names
  lacking=$(missing $(wanted "$1"))
  # shellcheck disable=SC2154 # set by find_python
  if [ "$2" = python ] && ! find_python && [ -z "${PLAINLEAF_PYTHON-}" ]; then
    lacking=$(missing python3 python3-venv)$lacking
  fi
  [ -n "$lacking" ] || return 0

  if [ "$(id -u)" != 0 ] && ! sudo -n true >/dev/null 2>&1; then
    # shellcheck disable=SC2046 # asked once: what the tests need is on the same line
    for package in $(missing $(wanted test)); do
      case " $lacking " in *" $package "*) ;; *) lacking="$lacking $package" ;; esac
    done
    say "Some system packages are missing. Ask an administrator to run this line, then run $asked again:"
    say "" "    sudo apt-get install -y$lacking" ""
    say "(It has what ./do publish and ./do test need, so that nobody has to be asked twice.)"
    exit 3
  fi
  # shellcheck disable=SC2086 # a list of package names
  set -- "$1" $lacking
  kind=$1
  shift
  say "Installing $# system package$([ $# = 1 ] || echo s): $* ..."
  repaired_apt update || say "The package lists could not be refreshed. Trying with the old ones ..."
  repaired_apt install --no-install-recommends "$@" ||
    fail "The system packages could not be installed." \
      "Check the internet connection, then run $asked again. The full log is in $log."
  # shellcheck disable=SC2046
  lacking=$(missing $(wanted "$kind"))
  [ -z "$lacking" ] || fail "These system packages are still missing:$lacking." "The full log is in $log."
}

# install_mac KIND: untested.
install_mac() {
  formulas="pango"
  casks="font-noto-sans font-noto-serif font-noto-sans-arabic font-noto-naskh-arabic font-noto-sans-hebrew
    font-noto-sans-devanagari font-noto-sans-bengali font-noto-sans-gurmukhi font-noto-sans-tamil
    font-noto-sans-ethiopic font-noto-sans-thai font-noto-sans-khmer font-noto-sans-myanmar"
  [ "$1" = run ] || formulas="$formulas gettext poppler"
  if [ "$1" != run ] || asks_braille; then formulas="$formulas liblouis"; fi
  case $(wanted run) in *cjk*) casks="$casks font-noto-sans-cjk" ;; esac
  find_python || [ -n "${PLAINLEAF_PYTHON-}" ] || formulas="python@3.12 $formulas"
  prefix=$(brew --prefix 2>/dev/null || :)
  lacking=
  for name in $formulas; do [ -d "$prefix/opt/$name" ] || lacking="$lacking $name"; done
  for name in $casks; do [ -d "$prefix/Caskroom/$name" ] || lacking="$lacking $name"; done
  [ -n "$lacking" ] || return 0
  if [ -z "$prefix" ]; then
    say "Some system packages are missing. Install Homebrew, run this line, then run $asked again:"
    say "" "    brew install$lacking" ""
    exit 3
  fi
  # shellcheck disable=SC2086
  set -- $lacking
  say "Installing $# system packages with Homebrew: $* ..."
  step brew install "$@" 9>&- ||
    fail "The system packages could not be installed." "Run $asked again. The full log is in $log."
}

# ---- Python environments ----

# without_settings: its input but for [tool.plainleaf]: settings of leaflets, for which nothing is to be installed anew.
without_settings() {
  ours=no
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      '[tool.plainleaf'* | '[[tool.plainleaf'*) ours=yes ;;
      '['*) ours=no ;;
    esac
    [ "$ours" = yes ] || [ -z "$line" ] || printf '%s\n' "$line"
  done
}

# venv_of KIND: the folder of its environment.
venv_of() {
  lockfile=.ci/requirements.lock
  [ "$1" = run ] || lockfile=.ci/requirements-test.lock
  key=$({
    printf '%s\n' 1 "$root" "${PLAINLEAF_PYTHON-}"
    without_settings <pyproject.toml
    cat "$lockfile"
  } | cksum)
  printf '.venv-%s-%s\n' "$1" "${key%% *}"
}

# venv_ready VENV: complete, and its Python is still the one it was made with (a system upgrade changes that).
venv_ready() {
  [ -x "$1/bin/python" ] && { [ -e .venv ] || [ -L .venv ]; } &&
    IFS= read -r made_with 2>/dev/null <"$1/complete" && [ "$made_with" = "$(readlink -f "$1/bin/python")" ]
}

# pip VENV ARGUMENTS...: its temporary files lie in the environment, so that they go with a half-made one.
# What a user's settings say about other places to install to must not count here.
pip() {
  home=$1
  shift
  env -u PIP_TARGET -u PIP_PREFIX -u PIP_ROOT TMPDIR="$root/$home/tmp" PIP_USER=0 PIP_ROOT_USER_ACTION=ignore \
    PIP_DISABLE_PIP_VERSION_CHECK=1 "$home/bin/python" -m pip --no-input --retries 5 "$@"
}

pip_failed() {
  next="Run $asked again. The full log is in $log."
  if grep -Eiq 'name resolution|NewConnectionError|connection (broken|refused|reset)|timed? ?out|unreachable|proxy' \
    "$step_log"; then
    next="Python packages come from the internet. Check the connection (and HTTPS_PROXY, if you need a proxy). $next"
  elif grep -iq 'no space left' "$step_log"; then
    next="The disk is full: about 1 GB is needed here. $next"
  elif grep -q 'DO NOT MATCH THE HASHES' "$step_log"; then
    next="What was downloaded is not what $lockfile names: it was not installed. Ask who changed the file or the package index."
  elif grep -Eq 'No matching distribution' "$step_log"; then
    next="If you are online, $lockfile may be out of date: ./do lock writes it anew. $next"
  fi
  fail "$1" "$next"
}

# make_venv VENV LOCKFILE
make_venv() {
  venv=$1
  lockfile=$2
  say "Installing $(grep -c '==' "$lockfile") Python packages. This can take a few minutes ..."
  rm -rf "$venv"
  mkdir "$venv" "$venv/tmp"
  step env TMPDIR="$root/$venv/tmp" "$python" -m venv "$venv" ||
    fail "The Python environment could not be made with $python." "The full log is in $log."
  step pip "$venv" install --require-hashes -r "$lockfile" || pip_failed "The Python packages could not be installed."
  step pip "$venv" install --no-deps --no-build-isolation -e . || pip_failed "This folder's own package could not be installed."
  step pip "$venv" check ||
    fail "pyproject.toml and $lockfile do not agree." "Run ./do lock, then $asked again."
  rm -rf "$venv/tmp"
  if [ -d .venv ] && [ ! -L .venv ]; then
    say "Note: .venv is a folder that ./do did not make. It stays as it is; ./do uses $venv."
  else
    ln -sfn "$venv" .venv
  fi
  readlink -f "$venv/bin/python" >"$venv/complete.new"
  sync # a power cut must not keep the mark and lose the files
  mv "$venv/complete.new" "$venv/complete"
}

# Removes half-made environments, and those of older dependencies after a week, unless something runs in them.
remove_old_venvs() {
  for old in .venv-run-* .venv-test-*; do
    if [ ! -d "$old" ] || [ "$old" = "$1" ]; then continue; fi
    mark=$old/complete
    if [ -f "$mark" ]; then
      [ -n "$(find "$mark" -mtime +7)" ] || continue
      # shellcheck disable=SC2094 # the lock is on the very file that goes
      { lock 8 xn && rm -f "$mark"; } 8<"$mark" || continue
    fi
    rm -rf "$old"
  done
}

# set_up KIND: called with the lock's file open as 9.
set_up() {
  if ! lock 9 xn; then
    say "Another ./do is at work in this folder. Waiting for it ..."
    lock 9 x || say "Note: this disk has no file locks. Run only one ./do at a time."
  fi
  : >"$log"
  : >"$step_log"
  python=
  # Somebody took the link away, to start afresh.
  [ -e .venv ] || [ -L .venv ] || rm -rf .venv-run-* .venv-test-* .venv-system-*
  new=$(venv_of "$1")
  need=python
  if venv_ready "$new" || { [ "$1" = run ] && venv_ready "$(venv_of test)"; }; then need=nothing; fi

  if on_mac; then
    install_mac "$1"
  elif command -v dpkg-query >/dev/null 2>&1; then
    install_debian "$1" "$need"
  else
    say "This is neither Debian nor Ubuntu nor macOS. Install Pango, HarfBuzz and the Noto fonts yourself."
  fi
  wanted "$1" >.venv-system-new
  mv .venv-system-new ".venv-system-$1"

  if [ "$need" = python ]; then
    [ -n "$python" ] || find_python || no_python
    case $1 in
      run) make_venv "$new" .ci/requirements.lock ;;
      test) make_venv "$new" .ci/requirements-test.lock ;;
    esac
    remove_old_venvs "$new"
    say "Ready."
  fi
  rm -f "$step_log"
}

# set_up_alone KIND: set_up with the lock.
set_up_alone() {
  needs_writable
  set_up "$1" 9<>.venv-lock
}

needs_writable() {
  case $root in
    *:* | *\$* | *\"* | *\`* | *\\*)
      say "Python's tools cannot work in a folder with : \$ \" \` or \\ in its path. Move this one: $root"
      exit 3
      ;;
  esac
  if ! [ -w . ] || ! (: >>.venv-lock) 2>/dev/null; then
    say "You may not write in this folder, or another user made its .venv-lock: $root"
    exit 3
  fi
}

# with_venv KIND COMMAND...: sets up if need be, then calls COMMAND with $venv set. The environment is locked
# (shared) as long as anything runs in it, so that no other run removes it meanwhile.
with_venv() {
  kind_wanted=$1
  shift
  for round in look again more last; do
    if system_ready "$kind_wanted"; then
      for kind in test run; do
        [ "$kind" = test ] || [ "$kind_wanted" = run ] || continue
        venv=$(venv_of "$kind")
        if venv_ready "$venv"; then
          # Looked at twice, because it may have gone before the lock was ours. COMMAND does not come back.
          { lock 8 s || :; venv_ready "$venv" && "$@"; } 8<"$venv/complete" || :
        fi
      done
    fi
    [ "$round" = last ] || set_up_alone "$kind_wanted"
  done
  say "The set-up changed while it ran. Run $asked again."
  exit 3
}

# Homebrew's libraries are not where macOS looks for them.
find_libraries() {
  if on_mac; then
    DYLD_FALLBACK_LIBRARY_PATH=$(brew --prefix 2>/dev/null || echo /opt/homebrew)/lib
    export DYLD_FALLBACK_LIBRARY_PATH
  fi
}

become_python() {
  find_libraries
  exec "$venv/bin/python" "$@"
}

# Making every leaflet judges every page; the tests look at a part of the files in many more ways.
test_all() {
  find_libraries
  found=0
  "$venv/bin/python" publish.py --quiet publish || found=$?
  "$venv/bin/python" -m pytest -n auto || found=$?
  exit "$found"
}

# Too few lines fail a run of all tests; some tests alone need not run them.
cover() {
  find_libraries
  found=0
  if [ $# -gt 0 ]; then measured --fail-under=0 "$@" || found=$?; else measured "" -n auto || found=$?; fi
  exit "$found"
}

# measured FLOOR ARGUMENTS...: runs tests and reports the lines that they miss; pytest's own summary is the last line.
measured() {
  export COVERAGE_FILE="$root/.coverage" # absolute: tests run commands in other folders
  floor=$1
  shift
  code=0
  "$venv/bin/python" -m coverage erase
  rm -f .venv-pytest-code
  { "$venv/bin/python" -m coverage run -m pytest "$@" || echo "$?" >.venv-pytest-code; } | tee .venv-pytest.log
  if [ -e .venv-pytest-code ]; then read -r code <.venv-pytest-code; fi
  "$venv/bin/python" -m coverage combine --quiet || code=1
  "$venv/bin/python" -m coverage report ${floor:+"$floor"} || code=1
  tail -n 1 .venv-pytest.log
  return "$code"
}

lint() {
  found=0
  "$venv/bin/python" -m ruff check . || found=1
  "$venv/bin/python" -m ruff format --check . || found=1
  "$venv/bin/python" -m mypy --strict plainleaf || found=1
  "$venv/bin/shellcheck" ./do .ci/run || found=1
  "$venv/bin/zizmor" --offline --quiet --no-progress action.yml || found=1
  "$venv/bin/check-jsonschema" --builtin-schema vendor.github-actions action.yml || found=1
  "$venv/bin/check-jsonschema" --schemafile .ci/pre-commit-hooks.schema.json .pre-commit-hooks.yaml || found=1
  exit "$found"
}

# Writes both lock files: the newest packages that pyproject.toml allows, and the build tool, for every platform and
# Python that it allows, with the digest of each file that an index may hand out.
write_locks() {
  lock 9 x
  find_python || no_python
  rm -rf .venv-locking
  : >"$step_log"
  step "$python" -m venv .venv-locking ||
    fail "A Python environment could not be made with $python." "The full log is in $log."
  mkdir .venv-locking/tmp
  step pip .venv-locking install uv || pip_failed "The tool that resolves packages could not be installed."
  say "Looking for the newest packages that pyproject.toml allows ..."
  TMPDIR="$root/.venv-locking/tmp" .venv-locking/bin/python - <<'PYTHON' || fail "No lock file was changed." "Run $asked again."
import os, pathlib, subprocess, sys, tomllib

project = tomllib.loads(pathlib.Path("pyproject.toml").read_text("utf-8"))
build, table = project["build-system"]["requires"], project["project"]
runtime = build + table.get("dependencies", [])
extras = table.get("optional-dependencies", {})
oldest = table["requires-python"].removeprefix(">=")
work = pathlib.Path(".venv-locking")


def resolve(wants, *options):
    """The lock: one version for all; it names no index, since anyone may use a mirror."""
    asked = work / "wants.in"
    asked.write_text("\n".join(wants) + "\n", "utf-8")
    uv = [work / "bin" / "uv", "pip", "compile", "--quiet", "--no-config", "--universal", "--python-version", oldest]
    quiet = ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    found = subprocess.run([*uv, *quiet, *options, asked], check=True, stdout=subprocess.PIPE, text=True).stdout
    return "# Written by `./do lock` from pyproject.toml. Do not edit.\n" + found


try:
    locks = {"requirements.lock": resolve(runtime)}
    pins = work / "runtime.txt"
    pins.write_text(locks["requirements.lock"], "utf-8")
    for extra in sorted(extras):
        locks[f"requirements-{extra}.lock"] = resolve(runtime + extras[extra], "--constraint", pins)
        pins.write_text(locks[f"requirements-{extra}.lock"], "utf-8")
except subprocess.CalledProcessError as error:
    sys.exit(f"uv failed with exit code {error.returncode}.")
for name, text in locks.items():
    new = pathlib.Path(".ci", name + ".new")
    new.write_text(text, "utf-8")
    os.replace(new, new.with_suffix(""))
    print(f".ci/{name}: {sum('==' in line for line in text.splitlines())} packages")
PYTHON
  rm -rf .venv-locking "$step_log"
}

# ---- Start ----

case ${1-} in
  '')
    help >&2
    exit 2
    ;;
  help | -h | --help) help ;;
  test)
    shift
    if [ "${1-}" = --fast ]; then set -- -n auto "$@"; fi
    if [ $# -gt 0 ]; then with_venv test become_python -m pytest "$@"; else with_venv test test_all; fi
    ;;
  cover)
    shift
    with_venv test cover "$@"
    ;;
  fuzz)
    shift
    with_venv test become_python -m tests.fuzz "$@"
    ;;
  lint) with_venv test lint ;;
  sbom)
    shift
    with_venv test become_python .ci/sbom.py "$@"
    ;;
  licences)
    with_venv test become_python .ci/licences.py
    ;;
  lock)
    needs_writable
    write_locks 9<>.venv-lock
    ;;
  *)
    export PLAINLEAF_COMMAND=./do # hints and --help name what was typed
    with_venv run become_python publish.py "$@"
    ;;
esac
