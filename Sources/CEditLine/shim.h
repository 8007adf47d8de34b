#pragma once
#include <editline/readline.h>
#include <langinfo.h>
#include <locale.h>
