#pragma once
#include <editline/readline.h>
#include <locale.h>
