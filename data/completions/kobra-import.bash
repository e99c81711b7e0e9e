# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for kobra-import

_kobra_import()
{
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} verb= words=
  local reading='--kind --sheet --encoding --separator --header-row --keep-all --layout' checking='--import-type --no-clean --fix --ignore --connection --format'
  local sending='--base-url --user --password-file --token-file --auth-header --auth-prefix --connection
    --batch --in-flight --timeout --dry-run --row --rows --journal --results --only'

  COMPREPLY=()
  # --kind=accounts arrives as three words.
  if [[ $cur == '=' ]]; then
    cur=
  elif [[ $prev == '=' ]]; then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  [[ $COMP_CWORD -gt 1 ]] && verb=${COMP_WORDS[1]}

  case $prev in
    --kind) words='accounts promises' ;;
    --import-type) words='new balances personal' ;;
    --format) words='json text' ;;
    --encoding) words='utf-8 utf-16-le utf-16-be windows-1252 cp850 mac-roman' ;;
    --separator) words='comma semicolon tab bar space' ;;
    --header-row) words='none' ;;
    --fix) words='empty-word mojibake control quotes spaces day-first month-first short-year serial decimal-comma decimal-point unit phone postal-code email identifier' ;;
    --only) words='all rejected not-accepted' ;;
    --auth-header) words='Authorization api-key' ;;
    --layout | --blank | --password-file | --token-file | --journal | --results)
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -f -- "$cur")
      return
      ;;
    --sheet | --base-url | --user | --auth-prefix | --connection | --ignore | --batch | --in-flight | --timeout | --row | --port | --reject | --delay)
      return
      ;;
  esac
  if [[ -z $words ]]; then
    case $verb in
      read) words="$reading --help" ;;
      check) words="$reading $checking --help" ;;
      send) words="$reading $checking $sending --help" ;;
      history) words='list search show --journal --format --help' ;;
      layout) words='--blank --kind --help' ;;
      practice) words='--port --reject --delay --user --password-file --help' ;;
      '') words='--sample --new-window --version --help' ;;
    esac
    if [[ $cur != -* && $verb != history ]]; then
      words=
      [[ $COMP_CWORD -eq 1 ]] && words='read check send layout history practice'
      if [[ $verb != practice ]]; then
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
      fi
    fi
  fi
  mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -W "$words" -- "$cur")
} &&
  complete -F _kobra_import kobra-import
