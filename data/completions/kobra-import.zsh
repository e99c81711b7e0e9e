#compdef kobra-import
# SPDX-License-Identifier: GPL-3.0-or-later

_kobra_import() {
  local curcontext=$curcontext state line ret=1
  local -a help reading checking sending
  typeset -A opt_args

  help='(- *)--help[show the options]'
  reading=(
    '--kind=[what the records are]:kind:(accounts promises)'
    '--sheet=[the sheet of a workbook]:name: '
    '--encoding=[the encoding of a text]:encoding:(utf-8 utf-16-le utf-16-be windows-1252 cp850 mac-roman)'
    '--separator=[what parts the cells of a text]:separator:(comma semicolon tab bar space)'
    '--header-row=[the line that names the columns]:line:(none)'
    '--keep-all[keep totals, notes and repeated headers]'
    '--layout=[which column is which field]:layout file:_files -g "*.json(-.)"'
  )
  checking=(
    '--import-type=[what the accounts are sent for]:import type:((new\:"new accounts" balances\:"update of balances" personal\:"update of personal data"))'
    '--no-clean[leave the cells as they are]'
    '*--fix=[clean up this too]:fix:(empty-word mojibake control quotes spaces day-first month-first short-year serial decimal-comma decimal-point unit phone postal-code email identifier)'
    '*--ignore=[a kind of warning not to look for]:warning: '
    '--connection=[a saved connection]:name: '
    '--format=[how the results are printed]:format:((json\:"one object a line" text\:"for people"))'
  )
  sending=(
    '--base-url=[the address of the API]:address:_urls'
    '--user=[the user to sign in with]:user: '
    '(--token-file)--password-file=[the file that holds the password]:file:_files'
    '(--password-file)--token-file=[the file that holds a token]:file:_files'
    '--auth-header=[the header that carries the token]:header:(Authorization api-key)'
    '--auth-prefix=[what stands before the token]:prefix: '
    '--batch=[records in a request, at most]:records: '
    '--in-flight=[requests at a time, at most]:requests: '
    '--timeout=[how long to wait for an answer]:seconds: '
    '--dry-run[send nothing: print the request of one record]'
    '--row=[with --dry-run: the line of that record in the file]:line: '
    '--rows=[send only the records in these lines, such as 2-50,70]:lines: '
    '--journal=[where the run is written down]:file:_files'
    '--results=[where to save the results]:file:_files -g "*.(csv|xlsx|ods)(-.)"'
    '--only=[which records the results have]:records:(all rejected not-accepted)'
  )

  _arguments -C \
    $help \
    '(- *)--version[show the version]' \
    '(*)--sample[open the sample]' \
    '(*)--new-window[open another window]' \
    '1: :->first' \
    '*:: :->rest' && ret=0

  case $state in
    first)
      local -a verbs=(
        'read:print the table as the import sees it'
        'check:print the problems of each record'
        'send:send the records and print what became of each'
        'history:past imports, and what became of a record'
        'layout:list the saved layouts, or write an empty table'
        'practice:run the practice server'
      )
      _describe -t verbs verb verbs && ret=0
      _files && ret=0
      ;;
    rest)
      case $words[1] in
        history)
          _arguments $help '--journal=[the journal to look in]:file:_files' '--format=[how it is printed]:format:(json text)' '1:what:(list search show)' && ret=0
          ;;
        read)
          _arguments $help $reading '1:file:_files' && ret=0
          ;;
        check)
          _arguments $help $reading $checking '1:file:_files' && ret=0
          ;;
        send)
          _arguments $help $reading $checking $sending '1:file:_files' && ret=0
          ;;
        layout)
          _arguments $help \
            '--blank=[write an empty table here]:file:_files' \
            '--kind=[what the records are]:kind:(accounts promises)' && ret=0
          ;;
        practice)
          _arguments $help \
            '--port=[the port to listen on]:port: ' \
            '*--reject=[refuse the record with this key]:key: ' \
            '--delay=[wait before each answer]:milliseconds: ' \
            '--user=[the user who may sign in]:user: ' \
            '--password-file=[the file that holds the password]:file:_files' && ret=0
          ;;
        *)
          _files && ret=0
          ;;
      esac
      ;;
  esac
  return ret
}

_kobra_import "$@"
